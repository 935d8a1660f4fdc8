#!/usr/bin/env bash
# The one front door: ./submit.sh COMMAND [options]   (./submit.sh --help)
# ./submit.sh share-classes   archives the classes that a run loads: later starts without SPARK_HOME are some 4 s faster.
# Builds the jar when it is missing or older than the sources. Uses spark-submit from SPARK_HOME or PATH,
# else runs the same SparkSubmit class from Maven's class path, so that a JDK 17 or later is all it needs.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$home/target/item2vec-spark.jar
classes=$home/target/spark-classes.jsa
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [ ! -f "$home/target/embedded-redis.jar" ] || [ ! -f "$jar" ] ||
  [ -n "$(find "$home/src/main" "$home/pom.xml" -newer "$jar" -print -quit)" ]; then
  echo "building $(basename "$jar") ..." >&2
  log=$home/target/build.log
  mkdir -p "$home/target"
  "$home/mvnw" -B -f "$home/pom.xml" package -DskipTests >"$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
  touch "$jar"
  rm -f "$classes"
fi

command=${1-}
if [ "$command" = share-classes ]; then
  set -- demo --output "$home/target/share-classes"
fi

# Spark's own options go to spark-submit; --conf is Spark's only as --conf spark.KEY=VALUE.
master='local[*]'
memory=${SPARK_DRIVER_MEMORY:-}
application=$jar
embedded=
spark=()
args=()
while [ $# -gt 0 ]; do
  case $1 in
    --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}"; continue ;;
    --master) master=${2:?--master needs a URL}; shift ;;
    --jar) application=${2:?--jar needs a path}; shift ;; # the jar as the cluster sees it, such as hdfs://...
    --driver-memory) memory=${2:?--driver-memory needs a size}; shift ;;
    --conf)
      case ${2-} in
        spark.driver.memory=*) memory=${2#*=} ;;
        spark.*=*) spark+=(--conf "$2") ;;
        *) args+=(--conf "${2-}") ;;
      esac
      [ $# -gt 1 ] && shift ;;
    --deploy-mode | --properties-file | --name | --queue | --files | --packages | --py-files | --principal | --keytab | \
      --executor-memory | --executor-cores | --num-executors | --total-executor-cores | --driver-cores | --driver-java-options)
      spark+=("$1" "${2:?$1 needs a value}"); shift ;;
    demo | embedded) embedded=1; args+=("$1") ;;
    *) args+=("$1") ;;
  esac
  shift
done
[ -z "$embedded" ] || spark+=(--jars "$home/target/embedded-redis.jar")
[ -z "$memory" ] || spark+=(--driver-memory "$memory")
simd=--add-modules=jdk.incubator.vector
spark=(--master "$master" --class io.github.item2vec.Main --conf "spark.driver.defaultJavaOptions=$simd"
  --conf "spark.executor.defaultJavaOptions=$simd" "${spark[@]}" "$application" "${args[@]}")

[ ! -t 2 ] || export ITEM2VEC_TERMINAL=1
log4j=-Dlog4j2.configurationFile=file:$home/conf/log4j2.properties
submit=${SPARK_HOME:+$SPARK_HOME/bin/spark-submit}
if submit=${submit:-$(command -v spark-submit)}; then
  SPARK_SUBMIT_OPTS="$log4j ${SPARK_SUBMIT_OPTS:-}" exec "$submit" "${spark[@]}"
fi
share=(-XX:SharedArchiveFile="$classes" -Xlog:cds=off -Xlog:cds+dynamic=off)
[ "$command" != share-classes ] || share[0]=-XX:ArchiveClassesAtExit=$classes
exec "$java" "@$home/conf/jvm.options" "${share[@]}" ${memory:+"-Xmx$memory"} "$log4j" \
  -cp "$(cat "$home/target/spark.classpath")" org.apache.spark.deploy.SparkSubmit "${spark[@]}"
