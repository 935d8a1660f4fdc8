#!/usr/bin/env bash
# This version's data source next to another's (the jar of an earlier commit), in turns on one redis-server: every layout, and
# 1,000 lists next to 5,000,000 keys of others with the calls of SCAN. Prints tables for BENCHMARKS.md.
# Usage: tests/bench/redis_versions.sh JAR     (BENCH_USERS=200000, BENCH_ROUNDS=3, BENCH_LAYOUTS=list-text,indexed, STRANGERS=5000000)
set -euo pipefail
cd "$(dirname "$0")/../.."
other=${1:?which jar to compare with}
work=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

./submit.sh --help >/dev/null 2>&1 # builds the jar
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet redis==5.2.1
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -proc:none -d "$work" -cp "$(cat target/spark.classpath)" tests/bench/java/io/github/item2vec/bench/RedisTurns.java

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --enable-debug-command local --dir "$work" >"$work/redis.log" &
server=$!
turns() { # JAR
  echo "${JAVA_HOME:+$JAVA_HOME/bin/}java @conf/jvm.options -Xmx2g -Dspark.master='local[4]' -Dlog4j2.configurationFile=file:conf/log4j2.properties" \
    "-cp '$work:$1:$(cat target/spark.classpath)' io.github.item2vec.bench.RedisTurns"
}
for strangers in "${STRANGERS:-5000000}" 0; do
  "$work/venv/bin/python" tests/bench/redis_versions.py "$port" "$strangers" "before=$(turns "$other")" "now=$(turns "$PWD/target/item2vec-spark.jar")"
done
