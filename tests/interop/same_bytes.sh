#!/usr/bin/env bash
# The same seed gives model files of the same bytes: twice, on one core and on two, in two executors of their own
# processes, and when these are killed (SIGKILL) in the middle of each training.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/interop-same-bytes
rm -rf "$work"
mkdir -p "$work"

./submit.sh --help >/dev/null # builds the jar
[ -d target/spark-home/jars ] \
  || ./mvnw -B -q dependency:copy-dependencies -DincludeScope=compile -DoutputDirectory=target/spark-home/jars
export SPARK_HOME=$PWD/target/spark-home SPARK_SCALA_VERSION=2.13

train() { # NAME MASTER [kill]
  SPARK_LOCAL_DIRS=$work "${JAVA_HOME:+$JAVA_HOME/bin/}java" @conf/jvm.options -Xmx1g \
    -Dspark.jars="$PWD/target/item2vec-spark.jar" -Dspark.executor.memory=512m \
    -Dspark.executor.defaultJavaOptions=--add-modules=jdk.incubator.vector \
    -Dlog4j2.configurationFile=file:conf/log4j2.properties \
    -cp "target/item2vec-spark.jar:$SPARK_HOME/jars/*" \
    tests/interop/cluster/SameBytes.java "$2" "$work/$1" "${@:3}" | grep '^model ' >"$work/$1.txt"
}

train one-core 'local[1]'
train two-cores 'local[2]'
train again 'local[2]'
train executors 'local-cluster[2,1,512]'
train killed 'local-cluster[2,1,512]' kill
cat "$work/one-core.txt"
[ "$(wc -l <"$work/one-core.txt")" -eq 5 ]
for other in two-cores again executors killed; do
  diff "$work/one-core.txt" "$work/$other.txt"
done
rm -rf "$work" target/spark-home/work
echo "the same bytes on 1 and 2 cores, twice, in executors, and when executors are killed"
