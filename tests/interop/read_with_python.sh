#!/usr/bin/env bash
# Runs the job twice into a real Redis, without scores and with them, and reads every layout back with redis-py: the same items as
# recommendations/ and similar/, the same scores, no key too many after either run; the reader where keys are missing; then verify, prune, and a rollback that finds nothing older.
# The server wants a password, which stands in nothing that is written, Spark's event log (what its UI shows) included. Uses
# ML-100k when ITEM2VEC_ML100K names it, else generated ratings. REDIS_SERVER may name another server program.
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

export REDIS_PASSWORD=s3cret-$RANDOM$RANDOM
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$program" --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" --requirepass "$REDIS_PASSWORD" >"$work/redis.log" &
server=$!

input=${ITEM2VEC_ML100K:-}
if [ -z "$input" ]; then
  input=$work/ratings
  ./submit.sh generate --output "$input"
fi
mkdir "$work/events"
for scores in false true; do
  ./submit.sh run --input "$input" --output "$work/out" --redis "127.0.0.1:$port" -D input.order=file \
    -D publish.layout=list-text,list-binary,packed,indexed,bucketed -D publish.hash-max-listpack-value=256 -D publish.scores=$scores -D publish.similar-items=20 -D training.max-iter=2 \
    --conf spark.eventLog.enabled=true --conf spark.eventLog.compress=false --conf "spark.eventLog.dir=file://$work/events" >"$work/$scores.log" 2>&1 || { cat "$work/$scores.log"; exit 1; }
  "$work/venv/bin/python" tests/interop/read_recommendations.py "$port" "$work/out"
done
"$work/venv/bin/python" tests/interop/reader_faults.py "$port"
published() { # COMMAND...: of what is published; what it says is in $work/command.log
  ./submit.sh "$@" --output "$work/out" --redis "127.0.0.1:$port" -D publish.layout=list-text,list-binary,packed,indexed,bucketed \
    -D publish.keep=1 >"$work/command.log" 2>&1
}
published verify --contents -D publish.similar-items=20
[ "$(grep -c 'the similar items of all' "$work/command.log")" -eq 5 ]
published prune
published generations
[ "$(grep -c complete "$work/command.log")" -eq 5 ] # of each layout the one that readers follow
code=0
published rollback || code=$?
[ "$code" -eq 4 ]
grep -q 'nothing older' "$work/command.log"
echo "every list verified, older generations pruned"
if grep -r -l -F "$REDIS_PASSWORD" "$work" --exclude-dir venv; then
  echo "the password is in these files" >&2
  exit 1
fi
echo "the password is in no log, event log, run.json or report"
