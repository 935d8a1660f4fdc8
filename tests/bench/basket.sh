#!/usr/bin/env bash
# Times epochs of the basket model in one JVM without Spark: the full softmax over the items of ml-100k, over 10,000 and
# 50,000 items, and the sampled one. Prints seconds, CPU seconds and GFLOP/s of each epoch; the first ones warm up.
# Usage: tests/bench/basket.sh [small|10k|50k|sampled|kernels|history|rivals]   (all but the last two without an argument; about
# four minutes on 2 cores). kernels: times of all kernels alone, after kernels of other vectors, and with such ones after them.
# history: what weights by lag and transitions cost a training on ml-100k by time. rivals: training on ml-100k next to EASE,
# `implicit`'s ALS and the same model in numpy. For both ITEM2VEC_ML100K names u.data.
#        tests/bench/basket.sh epochs FILE MIN_RATING time|file EPOCHS ...      map@10 on validation data after so many epochs;
# FILE has user, item, rating and time by tabs (`rivals.sh` leaves such sets in target/bench/sets); 0 = the default's own.
# BENCH_THREADS (2) share the work.
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
./mvnw -B -q -Pbench test-compile dependency:build-classpath@spark-classpath

epochs() { # LOSS ITEMS BASKETS ITEMS_PER_BASKET VECTOR_SIZE NEGATIVE EPOCHS
  "$java" "@conf/jvm.options" -Xmx2g -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
    -cp "target/classes:target/test-classes:$(cat target/spark.classpath)" io.github.item2vec.bench.BasketEpochs \
    "$@" "${BENCH_THREADS:-2}"
}
history() { # FILE MIN_RATING time|file ROUNDS
  "$java" "@conf/jvm.options" -Xmx2g -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
    -cp "target/classes:target/test-classes:$(cat target/spark.classpath)" io.github.item2vec.train.history.HistoryCost \
    "$@" "${BENCH_THREADS:-2}"
}
if [ "${1:-}" = epochs ]; then
  exec "$java" "@conf/jvm.options" "-Xmx${BENCH_HEAP:-6g}" -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
    -cp "target/classes:target/test-classes:$(cat target/spark.classpath)" io.github.item2vec.bench.EpochCount \
    "$2" "$3" "$4" "${BENCH_THREADS:-2}" "${@:5}"
fi
kernels() { # rows|batches
  for order in alone before between; do
    "$java" "@conf/jvm.options" -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
      -cp "target/classes:target/test-classes:$(cat target/spark.classpath)" io.github.item2vec.math.KernelTimes "$order" "$1"
  done
}
rivals() { # u.data
  local ours="trainer=item2vec,architecture=basket,vectorSize=128,loss=softmax,inputDropout=0.6,hiddenDropout=0.5"
  ours+=",contextWeight=0.2,regParam=0.00003,minCount=1,seed=1"
  "$java" "@conf/jvm.options" -Xmx2g -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
    -cp "target/classes:target/test-classes:$(cat target/spark.classpath)" io.github.item2vec.bench.TimedTrainings 'local[2]' \
    "$1" 4 3 "$ours" "$ours" "$ours" "$ours"
  [ -d target/bench/numpy ] || python3 -m venv target/bench/numpy
  target/bench/numpy/bin/pip install --quiet numpy scipy implicit threadpoolctl
  # settings for older OpenBLAS builds would slow numpy
  env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE target/bench/numpy/bin/python tests/bench/basket_rivals.py "$1"
}
[ $# -gt 0 ] || set -- small 10k 50k sampled kernels
for topic in "$@"; do
  case $topic in
    small) epochs SOFTMAX 1447 943 56 128 0 60 ;;
    10k) epochs SOFTMAX 10000 2000 50 128 0 8 ;;
    50k) epochs SOFTMAX 50000 1000 50 128 0 6 ;;
    sampled) epochs SAMPLED_SOFTMAX 50000 10000 50 128 500 8 ;;
    kernels) kernels rows; kernels batches ;;
    rivals) rivals "${ITEM2VEC_ML100K:?names u.data of MovieLens 100K}" ;;
    history) history "${ITEM2VEC_ML100K:?names u.data of MovieLens 100K}" 4 time 3 ;;
    *) echo "small, 10k, 50k, sampled, kernels, history or rivals, not $topic" >&2; exit 2 ;;
  esac
done
