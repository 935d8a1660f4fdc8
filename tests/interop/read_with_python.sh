#!/usr/bin/env bash
# Runs the job twice into a real Redis and reads every layout back with redis-py: the same items as recommendations/,
# no key too many after either run; then verify, rollback and prune. REDIS_SERVER may name another server program. Uses ML-100k when ITEM2VEC_ML100K names it, else generated ratings.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

program=${REDIS_SERVER:-redis-server}
command -v "$program" >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet redis==5.2.1 pyarrow==18.1.0

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$program" --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" >"$work/redis.log" &
server=$!

input=${ITEM2VEC_ML100K:-}
if [ -z "$input" ]; then
  input=$work/ratings
  ./submit.sh generate --output "$input"
fi
for run in first second; do
  ./submit.sh run --input "$input" --output "$work/out" --redis "127.0.0.1:$port" -D input.order=file \
    -D publish.layout=list-text,list-binary,packed,indexed,bucketed -D publish.hash-max-listpack-value=256 -D training.max-iter=2 >"$work/$run.log" 2>&1 || { cat "$work/$run.log"; exit 1; }
  "$work/venv/bin/python" tests/interop/read_recommendations.py "$port" "$work/out"
done
for command in "verify --contents" rollback verify prune generations; do
  # shellcheck disable=SC2086 # a command and its option
  ./submit.sh $command --output "$work/out" --redis "127.0.0.1:$port" -D publish.layout=list-text,list-binary,packed,indexed,bucketed \
    -D publish.keep=1 >"$work/command.log" 2>&1 || { cat "$work/command.log"; exit 1; }
done
grep -c complete "$work/command.log" | grep -qx 5 # of each layout the one that readers follow
echo "verified, rolled back, pruned"
