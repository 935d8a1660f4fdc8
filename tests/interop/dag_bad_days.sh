#!/usr/bin/env bash
# The command lines of conf/airflow/item2vec_dag.py on a real Redis, without Airflow: a good day; two bad days, one after the
# other (published, damaged, verify fails, rolled back), after each of which readers have the good day's lists; a good day again;
# and days that are made up for after a later one, which are not published over it, also when the later one was rolled back and
# published again in between.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
server='' commands=''
cleanup() {
  [ -z "$commands" ] || kill "$commands" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

./submit.sh --help >/dev/null 2>&1 # builds the jar
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" >"$work/redis.log" &
server=$!

classpath=target/item2vec-spark.jar:$(cat target/spark.classpath)
"${java}c" -proc:none -d "$work" -cp "$classpath" tests/interop/attack/CommandLines.java
coproc job { exec "$java" @conf/jvm.options -Xmx1g -Dspark.master='local[2]' -Dspark.sql.shuffle.partitions=2 -Dspark.ui.enabled=false \
  -Dlog4j2.configurationFile=file:conf/log4j2.properties -cp "$work:$classpath" CommandLines 2>>"$work/log"; }
commands=$!

redis_cli() { redis-cli -p "$port" "$@"; }
output() { echo "$work/runs/airflow-202611$1T000000"; } # DAY
result() { grep -o "\"$3\" : \"[^\"]*\"" "$(output "$1")/$2.json" | cut -d'"' -f4; } # DAY COMMAND FIELD

command_line() { # EXIT_CODE COMMAND...
  local expected=$1 said IFS=$'\t'
  shift
  echo "$*" >&"${job[1]}"
  while IFS= read -r said <&"${job[0]}"; do
    case $said in
      "exit $expected") return 0 ;;
      "exit "*) echo "$said instead of $expected: $*" >&2; tail -n 30 "$work/log" >&2; return 1 ;;
    esac
  done
  tail -n 30 "$work/log" >&2
  return 1
}

train() { # DAY
  command_line 0 run --input "$work/ratings" --output "$(output "$1")" --run-id "airflow-202611$1T000000" --redis none \
    -D training.max-iter=1 -D "training.seed=$1"
}
dag() { # EXIT_CODE COMMAND DAY [OPTIONS...]: as the DAG gives it
  local code=$1 command=$2 day=$3
  shift 3
  [ "$command" != publish ] || rm -f "$(output "$day")/rollback.json"
  command_line "$code" "$command" --redis "127.0.0.1:$port" "$@" --result "$(output "$day")/$command.json"
}
publish() { dag "$1" publish "$2" --in-order --output "$(output "$2")"; } # EXIT_CODE DAY
verify() { dag "$1" verify "$2" --contents --output "$(output "$2")"; } # EXIT_CODE DAY
rollback() { dag 0 rollback "$1" --run-id "airflow-202611$1T000000"; } # DAY
readers_have() { # DAY: all of its lists and nothing else, as readers get them
  verify 0 "$1"
  [ "$(redis_cli hget "recs:$(redis_cli get recs:list-text:current):meta" run)" = "airflow-202611$1T000000" ]
}
bad() { # DAY GOOD_DAY
  publish 0 "$1"
  redis_cli del "$(redis_cli --scan --pattern "recs:$(redis_cli get recs:list-text:current):????????-*" | head -n 1)" >/dev/null
  verify 4 "$1"
  [ "$(result "$1" verify status)" = FAILED ]
  rollback "$1"
  readers_have "$2"
  echo "day $1: published, a list lost, verify failed, rolled back: readers have the lists of day $2"
}

command_line 0 generate --output "$work/ratings" --users 200 --items 100 --rows 6000
for day in 01 02 03 04; do
  train "$day"
done

publish 0 01
readers_have 01
echo "day 01: published and verified"
bad 02 01
bad 03 01
publish 0 04
readers_have 04
echo "day 04: published and verified"

publish 4 02
result 02 publish message | grep -q 'follow run airflow-20261104T000000, which comes after airflow-20261102T000000'
readers_have 04
echo "day 02 made up for: refused, readers have the lists of day 04"

rollback 04
readers_have 01
publish 0 04
readers_have 04
[ ! -e "$(output 04)/rollback.json" ] # else the DAG would take day 04 for rolled back, and publish an earlier one over it
publish 4 03
readers_have 04
echo "day 04 rolled back and published again, day 03 made up for: refused, readers have the lists of day 04"
