#!/usr/bin/env bash
# Measures top-K lists beside Spark's ALSModel.recommendForAllUsers on the same factors in one run, then their growth, then
# lists with weights by lag and tables beside lists by plain means.
# Usage: tests/bench/rank.sh [compare|grow|rule]      (all without an argument; about ten minutes on 2 cores)
# BENCH_USERS (100000) are those of compare. BENCH_HEAP (4g) is the heap of the one process that is driver and executor.
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
./mvnw -B -q -Pbench test-compile dependency:build-classpath@spark-classpath

rank() {
  local class=$1
  shift
  "$java" "@conf/jvm.options" "-Xmx${BENCH_HEAP:-4g}" -Dspark.master='local[2]' \
    -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
    -cp "target/classes:target/test-classes:$(cat target/spark.classpath)" "io.github.item2vec.bench.$class" "$@"
}
[ $# -gt 0 ] || set -- compare grow rule
for topic in "$@"; do
  case $topic in
    compare) rank Ranking compare "${BENCH_USERS:-100000}" 50000 64 100 ;;
    grow) rank Ranking grow 50000 64 100 10000 100000 1000000 ;;
    rule) rank RuleCost "${BENCH_USERS:-100000}" 50000 64 100 ;;
    *) echo "compare, grow or rule, not $topic" >&2; exit 2 ;;
  esac
done
