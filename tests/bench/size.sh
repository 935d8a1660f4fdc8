#!/usr/bin/env bash
# Trains one epoch of a model that is far larger than two executors of 1.5 GiB (Spark's local-cluster: real processes)
# with a driver of 600 MiB, and prints the time and the peak memory of each process. Takes about 7 minutes, 40 GB of disk.
# Usage: tests/bench/size.sh [skip-gram|basket] [ITEMS] [PARTITIONS]
# skip-gram has 4,300,000 items by default (4.1 GiB of vectors), basket 2,000,000 (5.7 GiB with Adam's moments).
set -euo pipefail
cd "$(dirname "$0")/../.."
architecture=${1:-skip-gram}
items=${2:-$([ "$architecture" = basket ] && echo 2000000 || echo 4300000)}
partitions=${3:-8}
home=$PWD/target/spark-home
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

./mvnw -B -q -Pbench package -DskipTests
[ -d "$home/jars" ] || ./mvnw -B -q dependency:copy-dependencies -DincludeScope=compile -DoutputDirectory="$home/jars"
mkdir -p "$home/work"
export SPARK_HOME=$home SPARK_LOCAL_DIRS=$home/work SPARK_SCALA_VERSION=2.13

peaks() { # the largest resident size of each executor, while there are any
  declare -A peak=()
  while kill -0 "$1" 2>/dev/null; do
    for pid in $(pgrep -f CoarseGrainedExecutorBackend || true); do
      peak[$pid]=$(awk '/VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null || echo "${peak[$pid]:-}")
    done
    sleep 1
  done
  for pid in "${!peak[@]}"; do echo "LargeModel: executor peak ${peak[$pid]} kB"; done
}

"$java" "@conf/jvm.options" -Xmx600m -XX:-UseParallelGC -XX:+UseSerialGC -Dspark.master="local-cluster[2,1,1536]" -Dspark.executor.memory=1536m \
  -Dspark.jars="$PWD/target/item2vec-spark.jar" -Dspark.local.dir="$home/work" -Dspark.ui.enabled=false \
  -Dspark.driver.host=127.0.0.1 -Dspark.driver.bindAddress=127.0.0.1 \
  -Dspark.executor.defaultJavaOptions=--add-modules=jdk.incubator.vector \
  -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
  -cp "target/item2vec-spark.jar:target/test-classes:$home/jars/*" io.github.item2vec.bench.LargeModel "$architecture" "$items" "$partitions" &
driver=$!
peaks "$driver" &
wait "$driver"
wait
rm -rf "$home/work"
