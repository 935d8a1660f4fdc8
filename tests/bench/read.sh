#!/usr/bin/env bash
# Reads ROWS generated ratings (tsv, 50 rows a user, 200,000 items) into one history a user, beside Spark's own csv reader with
# groupBy, a process each: a line of JSON a round, the first of each process is cold; seconds, and CPU seconds of the process.
# Usage: tests/bench/read.sh [ROWS [ROUNDS]]      (10000000, 3; some minutes on 2 cores)
# BENCH_SHUFFLED=1 puts the rows into a random order first, BENCH_HEAP (4g) is the heap of the one process that is driver and
# executor, BENCH_BEFORE the classes or the jar of another build, which is measured too.
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rows=${1:-10000000}
rounds=${2:-3}
./mvnw -B -q -Pbench test-compile dependency:build-classpath@spark-classpath

ratings=target/bench/planted-$((rows / 50))-200000-$rows
if [ ! -e "$ratings/_SUCCESS" ]; then
  ./submit.sh generate --output "$ratings" --rows "$rows" --users $((rows / 50)) --items 200000
fi
if [ -n "${BENCH_SHUFFLED:-}" ]; then
  shuffled=$ratings-shuffled
  if [ ! -d "$shuffled" ]; then
    mkdir -p "$shuffled"
    cat "$ratings"/part-* | shuf --random-source=<(yes) | split -n r/20 - "$shuffled/part-"
  fi
  ratings=$shuffled
fi

read_with() {
  local classes=$1 sides=()
  for ((round = 0; round < rounds; round++)); do sides+=("$2"); done
  "$java" "@conf/jvm.options" "-Xmx${BENCH_HEAP:-4g}" -Dspark.master='local[2]' \
    -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
    -cp "$classes:target/test-classes:$(cat target/spark.classpath)" io.github.item2vec.bench.ReadRatings "$ratings" "${sides[@]}"
}
read_with target/classes ours
read_with target/classes spark
if [ -n "${BENCH_BEFORE:-}" ]; then
  echo "$BENCH_BEFORE:"
  read_with "$BENCH_BEFORE" ours
fi
