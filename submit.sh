#!/usr/bin/env bash
# The one front door: ./submit.sh COMMAND [options]   (./submit.sh --help)
# Builds the jar when it is missing or older than the sources. Uses spark-submit from SPARK_HOME or PATH,
# else runs the same SparkSubmit class from Maven's class path, so that a JDK 17 or later is all it needs.
# Commands that need no Spark run by plain java where that comes to the same, see without_spark.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$home/target/item2vec-spark.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [ ! -f "$home/target/embedded-redis.jar" ] || [ ! -f "$jar" ] ||
  [ -n "$(find "$home/src/main/java" "$home/src/main/resources" "$home/pom.xml" -newer "$jar" -print -quit)" ]; then
  echo "building $(basename "$jar") ..." >&2
  log=$home/target/build.log
  mkdir -p "$home/target"
  "$home/mvnw" -B -f "$home/pom.xml" package -DskipTests >"$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
  touch "$jar"
  rm -f "$home"/target/classes-*.jsa*
fi

command=${1-}
quick= # whether the command starts no Spark
case $command in completion | show | generations | verify | rollback | prune) quick=1 ;; esac

# Spark's own options go to spark-submit; --conf is Spark's only as --conf spark.KEY=VALUE. The word behind an option that
# takes one is its value and never an option itself, however it looks; -- ends Spark's options. Behind an option that nobody
# knows all words are ours: the job refuses it.
is_sparks() {
  case $1 in
    --master | --jar | --driver-memory | --deploy-mode | --properties-file | --name | --queue | --files | --packages | \
      --py-files | --principal | --keytab | --executor-memory | --executor-cores | --num-executors | \
      --total-executor-cores | --driver-cores | --driver-java-options) ;;
    *) return 1 ;;
  esac
}
is_ours() {
  case $1 in
    --conf | --input | --output | --redis | -D | --user | --item | --layout | --run-id | --to | --result | --model | --baselines | \
      --users | --items | --rows | --seed | --html | --format) ;;
    *) return 1 ;;
  esac
}
fail() { echo "submit.sh: $1" >&2; exit 2; }

master='local[*]'
memory=${SPARK_DRIVER_MEMORY:-}
application=$jar
embedded=
spark=()
args=()
while [ $# -gt 0 ]; do
  word=$1 name=$1 joined=
  shift
  case $word in
    --) [ ${#args[@]} -eq 0 ] || args+=(--); args+=("$@"); break ;;
    --*=*) name=${word%%=*} joined=1 value=${word#*=} ;;
    -D?*) name=-D joined=1 value=${word#-D} ;;
  esac
  if ! is_sparks "$name" && ! is_ours "$name"; then
    args+=("$word")
    case $word in
      --help | -h | --version | -V) quick=1 ;;
      --contents) quick= ;;
      --resume | --dry-run | --in-order) ;;
      demo) embedded=1 ;;
      -*) args+=("$@"); break ;;
    esac
    continue
  fi
  if [ -z "$joined" ]; then
    if [ $# -gt 0 ]; then value=$1; shift
    elif is_ours "$name"; then args+=("$name"); break # the job says so
    else fail "$name needs a value"; fi
  fi
  [ -n "$value" ] || is_ours "$name" || fail "$name needs a value"
  case $name in
    --master) master=$value ;;
    --jar) application=$value ;; # the jar as the cluster sees it, such as hdfs://...
    --driver-memory) memory=$value ;;
    --conf)
      case $value in
        spark.driver.memory=*) memory=${value#*=} ;;
        spark.*=*) spark+=(--conf "$value") ;;
        *) args+=("--conf=$value") ;;
      esac ;;
    -D)
      [ "$value" != publish.target=embedded ] || embedded=1
      args+=(-D "$value") ;;
    --redis)
      [ "$value" != embedded ] || embedded=1
      args+=("--redis=$value") ;;
    *) if is_sparks "$name"; then spark+=("$name" "$value"); else args+=("$name=$value"); fi ;;
  esac
done
# spark-submit takes its first word that is no option for the jar
case $application in -*) fail "--jar takes a path, not '$application'" ;; esac
case $memory in *[!0-9a-zA-Z]*) fail "the driver's memory is a number with a unit, such as 4g, not '$memory'" ;; esac
settings=("${spark[@]}") # as the user gave them; --master is not among them
[ -z "$embedded" ] || spark+=(--jars "$home/target/embedded-redis.jar")
[ -z "$memory" ] || spark+=(--driver-memory "$memory")

export ITEM2VEC_PID=$$ # this process, which becomes the job: what follows is for no other that gets the environment
# whether the job may redraw lines, and how wide they may be
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
  columns=$(stty size <&2 2>/dev/null || true)
  export ITEM2VEC_TERMINAL=${columns#* }
fi
log4j=-Dlog4j2.configurationFile=file:$home/conf/log4j2.properties
submit=${SPARK_HOME:+$SPARK_HOME/bin/spark-submit}
submit=${submit:-$(command -v spark-submit || true)}

# The class path of a command without Spark: empty where spark-submit has to set something up that plain java does not, such as
# a file system's jars, a Kerberos login or the environment that spark-env.sh makes. Sets properties, too.
without_spark() {
  classpath='' properties=()
  [ "$application" = "$jar" ] && [ -z "$embedded" ] || return 0
  local setting name home_of_spark conf
  for ((setting = 0; setting < ${#settings[@]}; setting += 2)); do
    [ "${settings[setting]}" = --conf ] || return 0
    name=${settings[setting + 1]}
    case $name in spark.redis.auth=*) return 0 ;; spark.redis.* | spark.hadoop.*) properties+=("-D$name") ;; *) return 0 ;; esac
  done
  if [ -z "$submit" ]; then
    classpath=$(cat "$home/target/spark.classpath")
  else
    home_of_spark=${SPARK_HOME:-$(dirname "$(dirname "$(readlink -f "$submit")")")}
    conf=${SPARK_CONF_DIR:-$home_of_spark/conf}
    [ -d "$home_of_spark/jars" ] || return 0
    ! grep -qs '^[^#]*[^#[:space:]]' "$conf/spark-env.sh" || return 0
    ! grep -qsE '^[[:space:]]*spark\.(jars|driver\.extra|kerberos)' "$conf/spark-defaults.conf" || return 0
    [ ! -f "$conf/spark-defaults.conf" ] || properties+=("-Ditem2vec.spark-defaults=$conf/spark-defaults.conf")
    classpath="$home_of_spark/jars/*"
  fi
  classpath=$jar${HADOOP_CONF_DIR:+:$HADOOP_CONF_DIR}${YARN_CONF_DIR:+:$YARN_CONF_DIR}:$classpath
}
[ -z "$quick" ] || without_spark
if [ -n "${classpath-}" ]; then
  exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${memory:+"-Xmx$memory"} "$log4j" "${properties[@]}" \
    -cp "$classpath" io.github.item2vec.WithoutSpark "${args[@]}"
fi
# A Java runtime may lack the module of vector instructions: then the job runs without them, only slower, and its log says so.
options=$home/conf/jvm.options simd=--add-modules=jdk.incubator.vector
vectors=(--conf "spark.driver.defaultJavaOptions=$simd" --conf "spark.executor.defaultJavaOptions=$simd")
modules=$("$java" --list-modules 2>/dev/null || true)
if [ -n "$modules" ] && [[ $modules != *jdk.incubator.vector* ]]; then
  vectors=()
  options=$home/target/jvm.options
  grep -v -- "^$simd" "$home/conf/jvm.options" >"$options"
fi
spark=(--master "$master" --class io.github.item2vec.Main "${vectors[@]}" "${spark[@]}" "$application" "${args[@]}")
# A JVM with the vector module says at once that it is incubating, and Spark's algebra that no native library is installed for it,
# which is no fault: it has its own in Java. Neither has an option not to. Standard error goes through this filter, which drops
# these lines; the job itself writes to the real one, as descriptor 3, see StandardError.
without_known_lines() {
  trap '' INT TERM HUP # ends when the JVM has ended, not before
  local line incubating='WARNING: Using incubator modules: jdk.incubator.vector'
  while IFS= read -r line; do
    case $line in
      netlib-*': JNI_OnLoad: dlopen('*) continue ;;
      "$incubating") incubating=; continue ;;
    esac
    printf '%s\n' "$line"
  done
  printf '%s' "$line"
}
export ITEM2VEC_STDERR=3
exec 3>&2 2> >(without_known_lines >&3)
if [ -n "$submit" ]; then
  SPARK_SUBMIT_OPTS="$log4j ${SPARK_SUBMIT_OPTS:-}" exec "$submit" "${spark[@]}"
fi

# The first whole run of a JVM and a jar keeps the classes that it has loaded, and later starts are faster by some seconds. A run
# writes a file of its own when it ends; the next start puts it in place, so that nobody reads half of one. A small file is that
# of a run that has failed early.
program=$(readlink -f "$(command -v "$java")" || true)
key=$( { echo "$program"; cat "${program%/bin/java}/release" || true; } 2>/dev/null | cksum)
classes=$home/target/classes-${key%% *}.jsa
for made in "$classes".*; do
  if [ -f "$made" ] && ! kill -0 "${made##*.}" 2>/dev/null; then
    if [ -n "$(find "$made" -size +100M)" ]; then mv -f "$made" "$classes"; else rm -f "$made"; fi
  fi
done
share=(-Xlog:cds=off -Xlog:cds+dynamic=off)
if [ -f "$classes" ]; then
  share+=(-XX:SharedArchiveFile="$classes")
elif [ -w "$home/target" ]; then
  case $command in run | evaluate | demo)
    share+=(-XX:ArchiveClassesAtExit="$classes.$$")
    echo 'first run  some seconds behind its last line keep the loaded classes: later runs start faster' >&2 ;;
  esac
fi
exec "$java" "@$options" "${share[@]}" ${memory:+"-Xmx$memory"} "$log4j" \
  -cp "$(cat "$home/target/spark.classpath")" org.apache.spark.deploy.SparkSubmit "${spark[@]}"
