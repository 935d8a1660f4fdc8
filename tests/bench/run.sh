#!/usr/bin/env bash
# Measures this project beside gensim and Spark's Word2Vec in one run and prints tables for BENCHMARKS.md.
# Usage: tests/bench/run.sh [speed|large|parity|partitions ...]      (all of them without an argument; about half an hour)
# speed, parity and partitions need ITEM2VEC_ML100K, the path of MovieLens' u.data; large writes its own ratings.
# BENCH_ROWS, BENCH_USERS, BENCH_ITEMS set the size of large. Needs a JDK 17 or later and python3 with venv.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/bench
mkdir -p "$work"

./submit.sh --help >/dev/null # builds the jar; amid the run that would remove the compiled benchmarks
./mvnw -B -q -Pbench test-compile dependency:build-classpath@spark-classpath
[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet 'gensim==4.4.0'

if [ $# -eq 0 ]; then
  set -- speed large parity partitions
fi
for topic in "$@"; do
  "$work/venv/bin/python" tests/bench/compare.py "$topic"
done
