#!/usr/bin/env bash
# item2vec_spark.log_run with a real MLflow and its SQLite store: a run that succeeded and one that failed are logged, read back by
# MLflow's client and compared with run.json, number by number, artifact by artifact.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/interop-mlflow
rm -rf "$work"
mkdir -p "$work"
venv=$PWD/target/venv-mlflow
if [ ! -f "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'mlflow-skinny==3.17.2' 'sqlalchemy==2.1.9' 'alembic==1.20.1' 'sqlparse==0.6.1' # without the server
  touch "$venv/complete"
fi

./submit.sh generate --output "$work/ratings" --users 300 --items 120 --rows 9000 >"$work/generate.log" 2>&1
run=(./submit.sh run --input "$work/ratings" -D training.vector-size=8 -D training.max-iter=3)
"${run[@]}" --output "$work/good" --run-id "Tuesday's" >"$work/good.log" 2>&1 || { tail -n 30 "$work/good.log" >&2; exit 1; }
code=0
"${run[@]}" --output "$work/bad" -D training.min-count=100000 >"$work/bad.log" 2>&1 || code=$?
[ "$code" -eq 3 ]

export PYTHONPATH=$PWD/src/main/python
cd "$work" # where MLflow puts artifacts
"$venv/bin/python" "$OLDPWD/tests/interop/mlflow/check.py" "$work" "sqlite:///$work/mlflow.db" 2>"$work/check.log" ||
  { tail -n 30 "$work/check.log" >&2; exit 1; }
