#!/usr/bin/env bash
# What happens to the job, to HDFS and to Redis when something breaks under it: workers, executors and drivers killed in each
# stage, Redis and data nodes lost, a full disk, speculation, a second run. Everything real, each a process of its own. After
# each fault the run has ended with the bytes of an undisturbed one, or has failed clearly with the last good generation still
# read as a whole, and the same run again ends right. Prints a table.
# Usage: tests/interop/cluster_faults.sh [FAULT ...]     (all of them take some twenty minutes; the disk wants root)
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/interop/cluster/cluster.sh
. tests/interop/cluster/cluster.sh
# shellcheck source=tests/interop/cluster/faults.sh
. tests/interop/cluster/faults.sh

all=(worker-in-train worker-in-recommend worker-in-publish executor-in-train executor-in-publish driver-in-train driver-in-publish
  redis-restarted redis-replaced datanode-lost disk-full speculation second-run)
[ $# -gt 0 ] || set -- "${all[@]}"

./submit.sh --help >/dev/null 2>&1 # builds the jar
start_cluster "$PWD/target/interop-faults"
stop redis
start_redis --appendonly yes
await 10 "Redis" redis-cli -p "$redis_port" ping

submit generate 'local[2]' generate --output "$hdfs/ratings" --users 3000 --items 500 --rows 120000
cat >"$work/job.conf" <<CONF
training { architecture = skip-gram, execution = distributed, num-partitions = 2, vector-size = 32, min-count = 2, max-iter = 10 }
recommend.k = 50
publish { layout = list-text, max-users-per-second = 400 } # slow enough to be met at work
CONF
put "$work/job.conf" /job.conf

job reference
last_good=reference
for fault in "$@"; do
  "fault_${fault//-/_}"
done
echo
cat "$work/table"
