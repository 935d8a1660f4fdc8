#!/usr/bin/env bash
# Times whole commands as a user starts them, each a process of its own, in rounds (every command once, then again), and prints
# the medians of wall and CPU seconds for BENCHMARKS.md. Half an hour on two idle cores.
# Usage: ITEM2VEC_ML100K=.../u.data tests/bench/seconds.sh [session run evaluate demo show generations version ...]
# BENCH_ROUNDS (5), BENCH_BEFORE (the tree of another build, timed in the same rounds), BENCH_JAVA_HOMES (several JDKs, :
# between them; default the one in use). Needs redis-server and python3.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/bench/seconds
mkdir -p "$work/classes"
./submit.sh --help >/dev/null # builds the jar
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
"$javac" -d "$work/classes" -cp "$(cat target/spark.classpath)" tests/bench/java/io/github/item2vec/bench/EmptySession.java
exec python3 tests/bench/seconds.py "$work" "$@"
