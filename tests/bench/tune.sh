#!/usr/bin/env bash
# The tuner beside Optuna 5.0.0 and gensim 4.4.0, both sides in one run; prints tables for BENCHMARKS.md.
# Usage: tests/bench/tune.sh [functions|notebook|gensim|honest ...]      (all of them without an argument; about half an hour)
# All but functions need ITEM2VEC_ML100K, the path of MovieLens' u.data. BENCH_SEED seeds the samplers (1).
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/bench
mkdir -p "$work"

./submit.sh --help >/dev/null # builds the jar
./mvnw -B -q -Pbench test-compile
[ -d "$work/venv-tune" ] || python3 -m venv "$work/venv-tune"
"$work/venv-tune/bin/pip" install --quiet 'gensim==4.4.0' 'optuna==5.0.0'

if [ $# -eq 0 ]; then
  set -- functions notebook gensim honest
fi
"$work/venv-tune/bin/python" tests/bench/tune.py "$@"
