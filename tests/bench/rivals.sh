#!/usr/bin/env bash
# The basket model beside simple rivals on many data sets, shipped defaults, three seeds, test parts read once: popularity,
# EASE, EASE with recency, transitions, MLlib's ALS; paired 95 % intervals by user. tests/bench/sets.py has the sets.
# Usage: tests/bench/rivals.sh [set ...]      (all of them: half an hour on 2 cores; ITEM2VEC_ML100K names u.data)
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target/bench
./submit.sh --help >/dev/null # builds the jar
exec python3 tests/bench/rivals.py "$@"
