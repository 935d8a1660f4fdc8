#!/usr/bin/env bash
# Publishes USERS cached lists of 100 ids as a run does (ids, mapping, writes, checks) into an embedded redis-server: one layout,
# three, and three by a table of the user's own UUIDs. A line of JSON each, the first round is cold.
# Usage: tests/bench/publish.sh [USERS [ROUNDS]]     (200000, 3; two minutes on 2 cores)
set -euo pipefail
cd "$(dirname "$0")/../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
./submit.sh --help >/dev/null 2>&1 # builds the jar
./mvnw -B -q -Pbench test-compile
exec "$java" "@conf/jvm.options" "-Xmx${BENCH_HEAP:-4g}" -Dspark.master='local[2]' \
  -Dlog4j2.configurationFile="file:conf/log4j2.properties" \
  -cp "target/item2vec-spark.jar:target/test-classes:target/embedded-redis.jar:$(cat target/spark.classpath)" \
  io.github.item2vec.bench.PublishLists "${1:-200000}" "${2:-3}"
