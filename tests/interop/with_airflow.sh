#!/usr/bin/env bash
# conf/airflow/item2vec_dag.py in a real Airflow, with a real spark-submit and a Redis with a password: a whole run; the same
# date again; a publish that is killed and retried; a publish that turns out bad and is rolled back; a model that the gate refuses
# and an earlier date, which leave readers alone; and no password anywhere.
# Some eight minutes, one of them Airflow's wait before a retry.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/interop/cluster/cluster.sh
. tests/interop/cluster/cluster.sh

./submit.sh --help >/dev/null 2>&1 # builds the jar
work=$PWD/target/interop-airflow
rm -rf "$work"
mkdir -p "$work"
trap stop_cluster EXIT
install_spark
export PATH=$SPARK_HOME/bin:$PATH
venv=$PWD/target/venv-airflow
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'apache-airflow==3.3.2' 'apache-airflow-providers-apache-spark==6.3.4'
  touch "$venv/complete"
fi

password=s3cret-$RANDOM$RANDOM
start_redis --requirepass "$password"
keys() { REDISCLI_AUTH=$password redis-cli -p "$redis_port" "$@"; }
await 10 "Redis" keys ping

./submit.sh generate --master 'local[2]' --output "$work/ratings" --users 600 --items 200 --rows 20000 >"$work/generate.log" 2>&1
./submit.sh generate --master 'local[2]' --output "$work/noise" --users 600 --items 200 --rows 20000 --seed 7 \
  >"$work/noise.log" 2>&1 # the same ids, other tastes
cat >"$work/job.conf" <<CONF
training { vector-size = 16, max-iter = 30 }
tuning.space { vector-size.choice = [8, 16], min-count.int = [1, 5] }
recommend.k = 20
publish { layout = list-text, max-users-per-second = 150 } # slow, so that the test meets it at work
CONF

export AIRFLOW_HOME=$work/airflow AIRFLOW__CORE__DAGS_FOLDER=$PWD/conf/airflow AIRFLOW__CORE__LOAD_EXAMPLES=false
export AIRFLOW_CONN_SPARK_DEFAULT='{"conn_type": "spark", "host": "local[2]", "extra": {"deploy-mode": "client"}}'
export AIRFLOW_CONN_ITEM2VEC_REDIS="redis://:$password@127.0.0.1:$redis_port"
"$venv/bin/airflow" db migrate >"$work/airflow.log" 2>&1
"$venv/bin/airflow" dags reserialize >>"$work/airflow.log" 2>&1

parameters=$(python3 -c 'import json, sys; print(json.dumps(dict(pair.split("=", 1) for pair in sys.argv[1:]) | {"trials": 3}))' \
  "input=$work/ratings" "output=$work/out" "conf=$work/job.conf" "jar=$PWD/target/item2vec-spark.jar" \
  "properties=$PWD/conf/spark.properties")

dag() { # NAME DATE [PARAMETERS]: runs it; what it says is in $work/NAME.log
  "$venv/bin/airflow" dags test item2vec "$2" -c "${3:-$parameters}" >"$work/$1.log" 2>&1 || true
  grep -o 'DagRun Finished.*state=[a-z]*' "$work/$1.log" | grep -o 'state=[a-z]*' | cut -d= -f2
}
succeeds() { # NAME DATE
  local state
  state=$(dag "$@")
  [ "$state" = success ] || { tail -n 60 "$work/$1.log" >&2; echo "$1: ${state:-no end}" >&2; keep_work=1; return 1; }
}
current() { keys get recs:list-text:current; }
generations_of() { # DATE: complete ones of that run
  local id
  for id in $(keys smembers recs:generations); do
    [ "$(keys hmget "recs:$id:meta" run state | paste -sd' ')" != "airflow-$1 complete" ] || echo "$id"
  done
}
one_generation() { # DATE
  [ "$(generations_of "$1")" = "$(current)" ] || { echo "generations of $1: $(generations_of "$1"); current $(current)" >&2; return 1; }
}
while sleep 0.2; do ps -eo args; done >"$work/command-lines" & # for the search at the end
echo $! >"$work/ps.pid"

succeeds whole 2026-11-23 # a Monday
one_generation 20261123T000000
grep -q '"status" : "SUCCEEDED"' "$work/out/tuning/2026-W48/run.json"
grep -q '"gate" : {' "$work/out/runs/airflow-20261123T000000/evaluation/run.json"
[ ! -e "$work/out/runs/airflow-20261123T000000/rollback.json" ]
first=$(current)
echo "whole run: tuned, trained, evaluated, published $(keys hget "recs:$first:meta" users) lists as $first, verified"

succeeds again 2026-11-23
one_generation 20261123T000000
[ "$(current)" = "$first" ]
grep -q 'has succeeded already' "$work/again.log"
echo "the same date again: nothing trained, still generation $first"

(
  until [ "$(keys hget "recs:$(keys get recs:last):meta" state)" = writing ]; do sleep 0.1; done
  pkill -KILL -f "org.apache.spark.deploy.SparkSubmit.* publish --conf $work"
  touch "$work/killed"
) &
echo $! >"$work/killer.pid"
succeeds killed 2026-11-24
[ -f "$work/killed" ]
one_generation 20261124T000000
second=$(current)
grep -q 'exit code\|Error code\|error code' "$work/killed.log"
echo "publish killed while it wrote: its retry published $second, one generation; readers kept $first until then"

[ "$(dag refused 2026-11-24 "${parameters/\/ratings/\/noise}")" = failed ]
grep -q '"exitCode" : 5' "$work/out/runs/airflow-20261124T000000/evaluation/run.json"
[ "$(current)" = "$second" ]
[ ! -e "$work/out/runs/airflow-20261124T000000/rollback.json" ]
echo "that date again, refused by the gate: the DAG run failed at once, nothing rolled back, readers still follow $second"

succeeds earlier 2026-11-22
grep -q '"status" : "SUCCEEDED"' "$work/out/runs/airflow-20261122T000000/run.json"
[ -z "$(generations_of 20261122T000000)" ]
[ "$(current)" = "$second" ]
echo "an earlier date: trained and measured, not published; readers still follow $second"

(
  until grep -q '"status" : "SUCCEEDED"' "$work/out/runs/airflow-20261125T000000/publish.json" 2>/dev/null; do sleep 0.05; done
  keys del "$(keys --scan --pattern "recs:$(current):????????-*" | head -n 1)" >/dev/null
) &
echo $! >"$work/spoiler.pid"
[ "$(dag spoiled 2026-11-25)" = failed ]
grep -q '"status" : "FAILED"' "$work/out/runs/airflow-20261125T000000/verify.json"
grep -q '"status" : "SUCCEEDED"' "$work/out/runs/airflow-20261125T000000/rollback.json"
[ "$(current)" = "$second" ]
echo "a list lost after publishing: verify failed, readers follow $second again, the DAG run failed"

stop ps
if grep -r -l -F "$password" "$work" conf/airflow; then
  echo "the password is in these files" >&2
  exit 1
fi
echo "the password is in no log, result, report or command line ($(sort -u "$work/command-lines" | wc -l) of them seen)"
