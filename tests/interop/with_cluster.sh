#!/usr/bin/env bash
# The job on a real cluster (Spark standalone, HDFS, Redis: processes of their own), submitted in client and in cluster
# deploy mode: the same bytes as on local cores, run.json, exit codes, and what commands leave as --result.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/interop/cluster/cluster.sh
. tests/interop/cluster/cluster.sh

./submit.sh --help >/dev/null # builds the jar
start_cluster "$PWD/target/interop-cluster"
put_jar

submit generate 'local[2]' generate --output "$hdfs/ratings" --users 300 --items 200 --rows 12000
cat >"$work/job.conf" <<CONF
training { vector-size = 32, min-count = 2, max-iter = 8 }
recommend.k = 20
CONF
put "$work/job.conf" /job.conf

job=(--input "$hdfs/ratings" --conf "$hdfs/job.conf" --redis "$redis")
submit local 'local[2]' run "${job[@]}" --output "$hdfs/local" -D publish.prefix=local:
submit client "$master" run "${job[@]}" --output "$hdfs/client" -D publish.prefix=client:
submit cluster cluster run "${job[@]}" --output "$hdfs/cluster" -D publish.prefix=cluster:
python3 tests/interop/cluster/same_output.py "$web" /local /client /cluster

parts=(-D training.execution=distributed)
submit parts-local 'local[2]' run "${job[@]}" "${parts[@]}" --output "$hdfs/parts-local" -D publish.prefix=parts-local:
submit parts-client "$master" run "${job[@]}" "${parts[@]}" --output "$hdfs/parts-client" -D publish.prefix=parts-client:
python3 tests/interop/cluster/same_output.py "$web" /parts-local /parts-client

submit verify cluster verify --contents --output "$hdfs/cluster" --redis "$redis" -D publish.prefix=cluster: --result "$hdfs/verify.json"
hdfs_cat /verify.json | grep -q '"status" : "SUCCEEDED"'

# In client mode the exit code tells; in cluster mode run.json does.
conf=(--conf "$hdfs/job.conf")
expect 2 refused "$master" run "${job[@]}" --output "$hdfs/refused" -D training.vectorsize=3
expect 3 refused "$master" run "${conf[@]}" --redis "$redis" --output "$hdfs/refused" --input "$hdfs/nothing"
expect 4 refused "$master" run "${conf[@]}" --redis 127.0.0.1:1 --output "$hdfs/refused" --input "$hdfs/ratings"
quiet=1 submit refused-cluster cluster run "${conf[@]}" --redis "$redis" --output "$hdfs/refused-cluster" \
  --input "$hdfs/nothing" || true
hdfs_cat /refused-cluster/run.json | grep -q '"exitCode" : 3'
echo "exit codes 2, 3 and 4 in client mode, exitCode 3 in run.json in cluster mode"
