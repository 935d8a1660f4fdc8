#!/usr/bin/env bash
# Measures top-K lists beside Spark's ALSModel.recommendForAllUsers on the same factors in one run, then their growth, then
# lists with weights by lag and tables beside lists by plain means, then the same lists next to faiss-cpu's exact search.
# Usage: tests/bench/rank.sh [compare|grow|rule|faiss]      (all without an argument; about ten minutes on 2 cores)
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
[ $# -gt 0 ] || set -- compare grow rule faiss
for topic in "$@"; do
  case $topic in
    compare) rank Ranking compare "${BENCH_USERS:-100000}" 50000 64 100 ;;
    grow) rank Ranking grow 50000 64 100 10000 100000 1000000 ;;
    rule) rank RuleCost "${BENCH_USERS:-100000}" 50000 64 100 ;;
    faiss)
      [ -d target/bench/faiss ] || python3 -m venv target/bench/faiss
      target/bench/faiss/bin/pip install --quiet 'faiss-cpu==1.15.1' numpy
      # settings for older OpenBLAS builds would slow faiss; in turns, for a number of one moment says little on a machine that others share
      for _ in 1 2 3; do
        rank Ranking grow 50000 64 100 "${BENCH_USERS:-100000}" | tail -1
        env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE target/bench/faiss/bin/python tests/bench/faiss_lists.py "${BENCH_USERS:-100000}" 50000 64 100
      done
      ;;
    *) echo "compare, grow, rule or faiss, not $topic" >&2; exit 2 ;;
  esac
done
