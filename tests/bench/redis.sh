#!/usr/bin/env bash
# Writes USERS lists of 100 ids to one redis-server: the notebook's loop (redis-py, one RPUSH per user), a redis-py
# pipeline, redis-cli --pipe, and the data source in each layout, without similar items and with 20 per item, from PySpark.
# Prints tables for BENCHMARKS.md.
# Usage: tests/bench/redis.sh [USERS [LAYOUT ...]]     (200000, every layout); 1,000,000 users in list-text take 4.3 GB of Redis.
set -euo pipefail
cd "$(dirname "$0")/../.."
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
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet redis==5.2.1 pyspark==4.1.0

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --hash-max-listpack-value 256 --dir "$work" >"$work/redis.log" &
server=$!
"$work/venv/bin/python" tests/bench/redis_writers.py "$port" "$users" "$@"
