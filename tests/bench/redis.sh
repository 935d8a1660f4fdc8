#!/usr/bin/env bash
# Writes USERS lists of 100 ids to one redis-server: the notebook's loop (redis-py, one RPUSH per user), a redis-py
# pipeline, redis-cli --pipe, and the data source in each layout, without similar items and with 20 per item, from PySpark.
# Prints tables for BENCHMARKS.md. With "read": writes them by the data source and reads them back, whole and by a filter.
# Usage: tests/bench/redis.sh [read] [USERS [LAYOUT ...]]     (200000, every layout); 1,000,000 users in list-text take 4.3 GB of Redis.
set -euo pipefail
cd "$(dirname "$0")/../.."
reading=
[ "${1:-}" != read ] || { reading=1; shift; }
users=${1:-200000}
[ $# -eq 0 ] || shift
work=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

./submit.sh --help >/dev/null 2>&1 # builds the jar
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --hash-max-listpack-value 256 --dir "$work" >"$work/redis.log" &
server=$!
if [ -n "$reading" ]; then
  classes="$work:target/item2vec-spark.jar:$(cat target/spark.classpath)"
  "${JAVA_HOME:+$JAVA_HOME/bin/}javac" -proc:none -d "$work" -cp "$classes" tests/bench/java/io/github/item2vec/bench/RedisReads.java
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" @conf/jvm.options -Xmx3g -Dspark.master='local[2]' -Dlog4j2.configurationFile=file:conf/log4j2.properties \
    -cp "$classes" io.github.item2vec.bench.RedisReads "$port" "$users" "$@"
else
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet redis==5.2.1 pyspark==4.1.0
  "$work/venv/bin/python" tests/bench/redis_writers.py "$port" "$users" "$@"
fi
