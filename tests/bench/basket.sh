#!/usr/bin/env bash
# Times epochs of the basket model in one JVM without Spark: the full softmax over the items of ml-100k, over 10,000 and
# 50,000 items, and the sampled one. Prints seconds, CPU seconds and GFLOP/s of each epoch; the first ones warm up.
# Usage: tests/bench/basket.sh [small|10k|50k|sampled|history]      (all but history without an argument; about three minutes
# on 2 cores). history measures what weights by lag and transitions cost a training on ml-100k by time: three trainings;
# ITEM2VEC_ML100K names u.data.
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
[ $# -gt 0 ] || set -- small 10k 50k sampled
for topic in "$@"; do
  case $topic in
    small) epochs SOFTMAX 1447 943 56 128 0 60 ;;
    10k) epochs SOFTMAX 10000 2000 50 128 0 8 ;;
    50k) epochs SOFTMAX 50000 1000 50 128 0 6 ;;
    sampled) epochs SAMPLED_SOFTMAX 50000 10000 50 128 500 8 ;;
    history) history "${ITEM2VEC_ML100K:?names u.data of MovieLens 100K}" 4 time 3 ;;
    *) echo "small, 10k, 50k, sampled or history, not $topic" >&2; exit 2 ;;
  esac
done
