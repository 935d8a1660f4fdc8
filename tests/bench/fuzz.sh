#!/usr/bin/env bash
# Damages good inputs at random and reads them: ratings as text, configurations, word2vec files (text, binary, counts), Optuna's
# journals, run.json. Only the documented exceptions may come out, each input in less than 10 seconds.
# Usage: tests/bench/fuzz.sh [INPUTS]   (100000 per reader)
# A failure prints the input and its seed; ITEM2VEC_FUZZ_SEED takes it back.
set -euo pipefail
cd "$(dirname "$0")/../.."
ITEM2VEC_FUZZ=${1:-100000} ./mvnw -B -ntp test -Dtest='*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false
