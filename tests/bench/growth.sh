#!/usr/bin/env bash
# The whole job (read, split, train, recommend, evaluate, report, save, publish into a redis-server) on generated ratings of
# growing size: seconds of each stage, their exponents of growth, peak memory. Prints tables for BENCHMARKS.md.
# Usage: tests/bench/growth.sh [ROWS ...]      (1000000 5000000 10000000 50000000; half an hour on 2 cores, 25 GB of disk)
# 50 rows a user, 200,000 items. BENCH_HEAP (6g) is the heap of the one process that is driver and executor, BENCH_OPTIONS
# go to the job, such as "-D training.architecture=skip-gram".
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
./submit.sh --help >/dev/null 2>&1 # builds the jar
mkdir -p target/bench
[ $# -gt 0 ] || set -- 1000000 5000000 10000000 50000000
exec python3 tests/bench/growth.py "$@"
