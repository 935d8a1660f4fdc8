#!/usr/bin/env bash
# conf/airflow in a real Airflow, with a real spark-submit and a Redis with a password: a whole run, which reads the ratings once
# for training and measuring; a publish that is killed and retried; two bad days in a row, rolled back; a good day after them, and
# the same date again; a model that the gate refuses and an earlier date, which leave readers alone; and no password anywhere.
# On Kubernetes: what would be sent, against the operator's schema, and a day with a stand-in for the API server; no cluster runs it.
# Some ten minutes, one of them Airflow's wait before a retry.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/interop/cluster/cluster.sh
. tests/interop/cluster/cluster.sh
spark_version=4.2.0

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
  "$venv/bin/pip" install --quiet 'apache-airflow==3.3.2' 'apache-airflow-providers-apache-spark==6.3.4' \
    'apache-airflow-providers-cncf-kubernetes==10.25.0'
  touch "$venv/complete"
fi

password=s3cret-$RANDOM$RANDOM
start_redis --requirepass "$password"
keys() { REDISCLI_AUTH=$password redis-cli -p "$redis_port" "$@"; }
await 10 "Redis" keys ping

./submit.sh generate --master 'local[2]' --output "$work/ratings" --users 600 --items 200 --rows 20000 >"$work/generate.log" 2>&1
cat >"$work/job.conf" <<CONF
training { vector-size = 16, max-iter = 30 }
tuning.space { vector-size.choice = [8, 16], min-count.int = [1, 5] }
recommend.k = 20
publish { layout = list-text, max-users-per-second = 150 } # slow, so that the test meets it at work
CONF
{
  cat "$work/job.conf"
  echo 'training { step-size = 0.0000001, min-step-size = 0, max-iter = 1 }' # learns nothing
} >"$work/bad.conf"

# small data: what tasks and the compiler would do for large data is time lost
{
  cat conf/spark.properties
  echo 'spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
  echo 'spark.sql.shuffle.partitions 2'
  echo 'spark.ui.enabled false'
} >"$work/spark.properties"
export SPARK_CONF_DIR=$work/spark-conf
mkdir "$SPARK_CONF_DIR"
cp conf/log4j2.properties "$SPARK_CONF_DIR"

export AIRFLOW_HOME=$work/airflow AIRFLOW__CORE__DAGS_FOLDER=$PWD/conf/airflow AIRFLOW__CORE__LOAD_EXAMPLES=false
export AIRFLOW_CONN_SPARK_DEFAULT='{"conn_type": "spark", "host": "local[2]", "extra": {"deploy-mode": "client"}}'
export AIRFLOW_CONN_ITEM2VEC_REDIS="redis://:$password@127.0.0.1:$redis_port"
"$venv/bin/airflow" db migrate >"$work/airflow.log" 2>&1
"$venv/bin/airflow" dags reserialize >>"$work/airflow.log" 2>&1

parameters=$(python3 -c 'import json, sys; print(json.dumps(dict(pair.split("=", 1) for pair in sys.argv[1:]) | {"trials": 3}))' \
  "input=$work/ratings" "output=$work/out" "conf=$work/job.conf" "jar=$PWD/target/item2vec-spark.jar" \
  "properties=$work/spark.properties")

mkdir "$work/kubernetes"
ITEM2VEC_OPERATOR=kubernetes ITEM2VEC_SPARK_APPLICATION=$PWD/conf/k8s/item2vec-sparkapplication.yaml \
  "$venv/bin/python" tests/interop/airflow/render_kubernetes.py "$parameters" "$work/kubernetes" "redis://127.0.0.1:$redis_port/0" \
  >"$work/kubernetes.log" 2>&1 || { tail -n 30 "$work/kubernetes.log" >&2; exit 1; }
tail -n 1 "$work/kubernetes.log"
tests/interop/kubernetes.sh "$work"/kubernetes/*.yaml

dag() { # NAME DATE [PARAMETERS]: runs it; what it says is in $work/NAME.log
  "$venv/bin/airflow" dags test item2vec "$2" -c "${3:-$parameters}" >"$work/$1.log" 2>&1 || true
  grep -o 'DagRun Finished.*state=[a-z]*' "$work/$1.log" | grep -o 'state=[a-z]*' | cut -d= -f2 || true
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
failed() { # NAME DATE TASK [PARAMETERS]: that task for good, and the hook for failures was called for it
  local state
  state=$(dag "$1" "$2" "${4:-$parameters}")
  [ "$state" = failed ] || { tail -n 60 "$work/$1.log" >&2; echo "$1: ${state:-no end} instead of failed" >&2; keep_work=1; return 1; }
  grep -q "item2vec: $3 of .* has failed" "$work/$1.log"
}
result() { echo "$work/out/runs/airflow-$1T000000/$2.json"; } # DATE COMMAND
says() { grep -q "\"status\" : \"$3\"" "$(result "$1" "$2")"; } # DATE COMMAND STATUS
reads() { # NAME: how often ratings were read
  grep -c "[0-9] *read  *.*$work/ratings" "$work/$1.log"
}
asset_updates() { # of the asset that tells others of new lists
  "$venv/bin/python" -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(
    "select count(*) from asset_event join asset on asset.id = asset_id where asset.name = ?", ("item2vec",)).fetchone()[0])' \
    "$AIRFLOW_HOME/airflow.db"
}
while sleep 0.2; do ps -eo args; done >"$work/command-lines" & # for the search at the end
echo $! >"$work/ps.pid"

succeeds whole 2026-11-23 # a Monday
one_generation 20261123T000000
grep -q '"status" : "SUCCEEDED"' "$work/out/tuning/2026-W48/run.json"
grep -q 'gate  *map@10 [0-9.]*; popularity' "$(result 20261123 publish)"
[ ! -e "$(result 20261123 rollback)" ]
first=$(current)
[ "$(reads whole)" -eq 2 ] # one of them the study's
[ "$(asset_updates)" -eq 1 ]
echo "whole run: tuned, trained and measured in one read of the ratings, published $(keys hget "recs:$first:meta" users) lists as $first, verified"

(
  until [ "$(keys hget "recs:$(keys get recs:last):meta" state)" = writing ]; do sleep 0.1; done
  pkill -KILL -f "org.apache.spark.deploy.SparkSubmit.* publish --conf=$work"
  touch "$work/killed"
) &
echo $! >"$work/killer.pid"
succeeds killed 2026-11-24
[ -f "$work/killed" ]
one_generation 20261124T000000
second=$(current)
[ "$(reads killed)" -eq 1 ]
grep -q 'exit code\|Error code\|error code' "$work/killed.log"
echo "publish killed while it wrote: its retry published $second, one generation; readers kept $first until then"

updates=$(asset_updates)
for day in 25 26; do
  (
    until says "202611$day" publish SUCCEEDED 2>/dev/null; do sleep 0.05; done
    keys del "$(keys --scan --pattern "recs:$(current):????????-*" | head -n 1)" >/dev/null
  ) &
  echo $! >"$work/spoiler.pid"
  failed "bad-$day" "2026-11-$day" verify
  says "202611$day" verify FAILED
  says "202611$day" rollback SUCCEEDED
  [ "$(current)" = "$second" ]
  echo "2026-11-$day, a list lost after publishing: verify failed, readers follow $second again, the DAG run failed"
done
REDIS_PASSWORD=$password ./submit.sh verify --contents --conf "$work/job.conf" --output "$work/out/runs/airflow-20261124T000000" \
  --redis "127.0.0.1:$redis_port" >"$work/verify.log" 2>&1
[ "$(asset_updates)" -eq "$updates" ] # who follows the asset has heard of neither
echo "after the two bad days: $(grep -m1 -o 'all [0-9,]* lists' "$work/verify.log" | head -n 1) of the last good day are what readers get"

succeeds good 2026-11-27
one_generation 20261127T000000
[ "$(current)" != "$second" ]
third=$(current)
echo "the next good day: published and verified as $third"

succeeds again 2026-11-27
one_generation 20261127T000000
[ "$(current)" = "$third" ]
grep -q 'has succeeded already' "$work/again.log"
echo "the same date again: nothing trained, still generation $third"

failed refused 2026-11-28 publish "${parameters/job.conf/bad.conf}"
says 20261128 run SUCCEEDED
grep -q '"exitCode" : 5' "$(result 20261128 publish)"
[ "$(current)" = "$third" ]
[ ! -e "$(result 20261128 rollback)" ]
echo "a model that learned nothing: refused by the gate, the DAG run failed at once, nothing rolled back, readers still follow $third"

succeeds earlier 2026-11-22
says 20261122 run SUCCEEDED
[ -z "$(generations_of 20261122T000000)" ]
[ "$(current)" = "$third" ]
echo "an earlier date: trained and measured, not published; readers still follow $third"

# a day on Kubernetes, as far as there is one: the API server is a stand-in, which runs drivers by spark-submit
port=$(free_port)
KUBERNETES_SECRETS="{\"item2vec-redis\": {\"password\": \"$password\"}}" \
  start stand-in python3 tests/interop/airflow/stand_in_kubernetes.py "$port" spark.sql.shuffle.partitions=2 \
  spark.ui.enabled=false 'spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
AIRFLOW_CONN_KUBERNETES_DEFAULT=$(python3 tests/interop/airflow/kubernetes_connection.py "http://127.0.0.1:$port")
export AIRFLOW_CONN_KUBERNETES_DEFAULT
ITEM2VEC_OPERATOR=kubernetes ITEM2VEC_SPARK_APPLICATION=$PWD/conf/k8s/item2vec-sparkapplication.yaml succeeds deferred 2026-11-29
one_generation 20261129T000000
for name in run publish verify; do
  grep -q "^created item2vec-$name" "$work/stand-in.log"
  grep -q "^deleted item2vec-$name-.* exit code 0" "$work/stand-in.log"
done
[ "$(grep -c 'Pausing task as DEFERRED' "$work/deferred.log")" -eq 3 ]
echo "SparkKubernetesOperator with a stand-in for the API server: three drivers, each waited for deferred; published as $(current)"

stop ps
if grep -r -l -F "$password" "$work" conf/airflow; then
  echo "the password is in these files" >&2
  exit 1
fi
echo "the password is in no log, result, report or command line ($(sort -u "$work/command-lines" | wc -l) of them seen)"
