#!/usr/bin/env bash
# Publishing under attack, everything real: drivers and executors (a JVM each) and the Redis server killed at random moments,
# drivers and servers that stand still for longer than the lease lives, publishers against each other, a Redis Cluster that
# moves slots and loses a master; layouts list-text and bucketed. Readers read all the time. After each attack every message is
# true, the next publish succeeds and leaves nothing but the kept generations, and no list was of two generations.
# Usage: tests/interop/publish_attack.sh     (100 attacks; ATTACK_KILLS=6 takes one of each of the most telling kinds)
#   ATTACK_SEED=N        the same attacks at the same moments; printed at the start
#   ATTACK_ONLY=a,b      functions of attack/scenarios.py
#   ATTACK_OUTPUT=1      also an output that a second run takes over from one that stands still in its save stage
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/interop-attack
rm -rf "$work"
mkdir -p "$work/spark-home/jars" "$work/classes" "$work/spark"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

./submit.sh --help >/dev/null 2>&1 # builds the jar
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet redis==5.2.1

jar=$PWD/target/item2vec-spark.jar
spark=$(cat target/spark.classpath)
tr ':' '\n' <<<"$spark" | xargs -I{} ln -sf {} "$work/spark-home/jars/"
"${java}c" -proc:none -d "$work/classes" -cp "$jar:$spark" tests/interop/attack/AttackPublisher.java
(cd "$work/classes" && "${java%java}jar" cf ../attack.jar .)
options=(@conf/jvm.options -Xmx640m -XX:-UseParallelGC -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:cds=off -Xlog:cds+dynamic=off
  -Dlog4j2.configurationFile=file:conf/log4j2.properties -Dspark.executor.memory=512m
  -Dspark.executor.defaultJavaOptions=--add-modules=jdk.incubator.vector -Dspark.executor.extraClassPath="$jar")
classpath=$work/attack.jar:$jar:$spark
if [ "${ATTACK_KILLS:-100}" -ge 20 ]; then # so that each of the many drivers starts in half the time
  "$java" "${options[@]}" "-XX:ArchiveClassesAtExit=$work/classes.jsa" -cp "$classpath" AttackPublisher 'local[2]' </dev/null >"$work/archive.log" 2>&1
  options+=("-XX:SharedArchiveFile=$work/classes.jsa")
fi

ATTACK_JAVA=$(printf '%s\n' "$java" "${options[@]}" -cp "$classpath")
export ATTACK_JAVA ATTACK_SPARK_HOME=$work/spark-home
"$work/venv/bin/python" -u tests/interop/attack/attack.py "$work"
if [ "${ATTACK_OUTPUT:-0}" = 1 ]; then
  "$work/venv/bin/pip" install --quiet pyarrow==18.1.0
  "$work/venv/bin/python" -u tests/interop/attack/output.py "$work"
fi
rm -rf "$work"
