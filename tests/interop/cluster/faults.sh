# shellcheck shell=bash
# Sourced by cluster_faults.sh: the faults, one function each, and what they share. A line of the table tells how a fault ended.

job() { # NAME [SUBMIT OPTIONS...]: one run under the id NAME, output hdfs:///NAME
  submit "$1" "$master" run --input "$hdfs/ratings" --conf "$hdfs/job.conf" --redis "$redis" --output "$hdfs/$1" --run-id "$1" "${@:2}"
}

begin() { # NAME STAGE [SUBMIT OPTIONS...]: a run in the background, left when its stage has begun
  local name=$1 stage=$2
  rm -f "$work/$name.log"
  quiet=1 job "$name" "${@:3}" &
  running_job=$!
  await 120 "the stage $stage of $name" grep -q "^[0-9:]* $stage " "$work/$name.log"
  case $stage in
    publish) await 60 "the first lists of $name" some_lists "$name" ;;
    train) await 60 "the first epochs of $name" grep -q 'epoch [1-9]' "$work/$name.log" ;;
  esac
}

some_lists() { # RUN
  local id
  id=$(redis_cli get recs:last)
  [ "$(redis_cli hget "recs:$id:meta" run)" = "$1" ] && [ -n "$(redis_cli --scan --pattern "recs:$id:*" | grep -v meta | head -n 1)" ]
}

end() { # sets code
  code=0
  wait "$running_job" || code=$?
}

redis_cli() { redis-cli -p "$redis_port" "$@" 2>/dev/null; }

generations() { # how many, and the run that readers follow
  echo "$(redis_cli scard recs:generations) generations, readers follow $(redis_cli hget "recs:$(redis_cli get recs:list-text:current):meta" run)"
}

tell() { # FAULT ENDED REDIS HDFS
  [ -f "$work/table" ] || printf '| fault | the run | Redis afterwards | HDFS afterwards |\n|---|---|---|---|\n' >"$work/table"
  printf '| %s | %s | %s | %s |\n' "$@" | tee -a "$work/table"
}

follows() { # RUN: readers follow its generation, which is whole
  [ "$(redis_cli hget "recs:$(redis_cli get recs:list-text:current):meta" run)" = "$1" ] \
    || { echo "readers do not follow $1: $(generations)" >&2; keep_work=1; return 1; }
  submit verify 'local[2]' verify --contents --conf "$hdfs/job.conf" --redis "$redis" --output "$hdfs/$1"
}

same() { # FAULT NAME: it has ended with the reference's bytes and is what readers follow
  [ "${code:-0}" -eq 0 ] || { echo "$2: exit code $code" >&2; tail -n 40 "$work/$2.log" >&2; keep_work=1; return 1; }
  local found
  found=$(python3 tests/interop/cluster/same_output.py "$web" /reference "/$2")
  follows "$2"
  last_good=$2
  tell "$1" "exit 0" "$(generations), every list verified" "${found%%:*}: the bytes of an undisturbed run"
}

failed() { # FAULT NAME CODE: it has failed, the last good generation is whole, and the same run again ends right
  local ended="exit $code: $(python3 tests/interop/cluster/said.py "$work/$2.log")" status
  [ "$code" -eq "$3" ] || { echo "$2: exit code $code instead of $3" >&2; tail -n 40 "$work/$2.log" >&2; keep_work=1; return 1; }
  follows "$last_good"
  status=$(hdfs_cat "/$2/run.json" | grep -o '"status" : "[A-Z]*"' | cut -d'"' -f4)
  tell "$1" "$ended" "$(generations), every list verified" "run.json says $status"
  code=0
  job "$2" || code=$?
  same "$1, run again" "$2"
}

worker_killed() { # FAULT STAGE
  begin "$1" "$2"
  kill_worker 1
  end
  start_worker 1
  await 60 "two workers" alive_workers 2
  same "worker and its executor killed in $2" "$1"
}

kill_worker() { # 1 | 2: with its executors
  local pid executors
  pid=$(cat "$work/spark-worker-$1.pid")
  mapfile -t executors < <(pgrep -P "$pid")
  kill -KILL "$pid" "${executors[@]}"
}

executor_killed() { # FAULT STAGE
  begin "$1" "$2"
  pkill -KILL -P "$(cat "$work/spark-worker-1.pid")"
  end
  same "executor killed in $2" "$1"
}

driver_killed() { # FAULT STAGE
  begin "$1" "$2"
  pkill -KILL -f "org.apache.spark.deploy.SparkSubmit .*--run-id $1( |\$)"
  end
  failed "driver killed in $2" "$1" 137
}

fault_worker_in_train() { worker_killed worker-in-train train; }
fault_worker_in_recommend() { worker_killed worker-in-recommend recommend; }
fault_worker_in_publish() { worker_killed worker-in-publish publish; }
fault_executor_in_train() { executor_killed executor-in-train train; }
fault_executor_in_publish() { executor_killed executor-in-publish publish; }
fault_driver_in_train() { driver_killed driver-in-train train; }
fault_driver_in_publish() { driver_killed driver-in-publish publish; }

fault_redis_restarted() {
  begin redis-restarted publish
  stop redis KILL
  start_redis --appendonly yes
  end
  failed "Redis killed in publish, restarted with its append-only file" redis-restarted 4
}

fault_redis_replaced() { # by an empty one: nothing is left to read, the run says so, and the same again publishes
  begin redis-replaced publish
  stop redis KILL
  rm -rf "$work/appendonlydir"
  start_redis --appendonly yes
  end
  [ "$code" -eq 4 ]
  tell "Redis killed in publish, replaced by an empty one" "exit 4: $(python3 tests/interop/cluster/said.py "$work/redis-replaced.log")" \
    "$(redis_cli dbsize) keys" "recommendations saved"
  code=0
  job redis-replaced || code=$?
  same "Redis replaced, run again" redis-replaced
}

fault_datanode_lost() {
  begin datanode-lost train
  stop datanode-1 KILL
  end
  start_datanode 1
  await 60 "two data nodes" live_datanodes 2
  same "data node killed in train" datanode-lost
}

fault_disk_full() { # a worker whose local disk holds 256 kB
  if ! mount -t tmpfs -o size=256k tmpfs "$work/scratch-1"; then
    tell "disk of a worker full" "not tried: no right to mount" "" ""
    return
  fi
  code=0
  quiet=1 job disk-full || code=$?
  umount -l "$work/scratch-1"
  grep -r -q 'No space left on device' "$work/disk-full.log" "$work/worker-1" \
    || { echo "the disk was not full, see $work" >&2; keep_work=1; return 1; }
  if [ "$code" -eq 0 ]; then
    same "disk of a worker full" disk-full
  else
    failed "disk of a worker full" disk-full 1
  fi
}

fault_speculation() { # an executor stands still in the middle of publishing, and comes back after its tasks were done elsewhere
  mkdir -p "$work/events"
  local cores=2 # so that one is free for another attempt while the lists of the stopped executor are waited for
  begin speculation publish --conf spark.eventLog.enabled=true --conf spark.eventLog.compress=false --conf "spark.eventLog.dir=file://$work/events" \
    --conf spark.speculation=true --conf spark.speculation.efficiency.enabled=false --conf spark.speculation.interval=100ms \
    --conf spark.speculation.multiplier=1.1 --conf spark.speculation.quantile=0.1 --conf spark.speculation.minTaskRuntime=200ms
  local executor
  executor=$(pgrep -P "$(cat "$work/spark-worker-1.pid")" | head -n 1)
  kill -STOP "$executor"
  sleep 20
  kill -CONT "$executor"
  end
  grep -r -q '"Speculative":true' "$work/events" || { echo "no speculative attempt, see $work/events" >&2; keep_work=1; return 1; }
  same "speculation, an executor stopped for 20 s in publish" speculation
  local id
  id=$(redis_cli get recs:list-text:current)
  [ "$(redis_cli --scan --pattern "recs:$id:*" | grep -c -v meta)" -eq "$(redis_cli hget "recs:$id:meta" users)" ]
}

fault_second_run() {
  begin second-run publish -D publish.max-users-per-second=50
  local other=0 output=0
  quiet=1 submit second-output "$master" run --input "$hdfs/ratings" --conf "$hdfs/job.conf" --redis "$redis" \
    --output "$hdfs/second-run" || output=$?
  [ "$output" -eq 6 ]
  tell "a second run on the same output" "exit 6: $(python3 tests/interop/cluster/said.py "$work/second-output.log")" "untouched" "untouched"
  quiet=1 submit second-prefix 'local[2]' publish --conf "$hdfs/job.conf" --redis "$redis" --output "$hdfs/$last_good" \
    -D publish.layout=packed || other=$?
  [ "$other" -eq 4 ]
  tell "a second run under the same prefix" "exit 4: $(python3 tests/interop/cluster/said.py "$work/second-prefix.log")" "untouched" ""
  end
  same "the first of the two runs" second-run
}
