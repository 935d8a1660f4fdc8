#!/usr/bin/env bash
# Runs the notebooks of notebooks-ref/ from top to bottom, with few trials and epochs (ITEM2VEC_TRIALS, ITEM2VEC_EPOCHS
# give more); the executed ones stay in target/interop-notebooks. The committed ones hold the outputs of planted ratings, since
# those of MovieLens may not be passed on. With --renew [NAME...] they are made anew: all trials and epochs, planted ratings.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-notebooks
renew=
if [ "${1:-}" = --renew ]; then
  renew=1
  shift
  unset ITEM2VEC_ML100K ITEM2VEC_TRIALS ITEM2VEC_EPOCHS
fi
if [ $# -gt 0 ]; then notebooks=("${@/#/notebooks-ref/}"); else notebooks=(notebooks-ref/*.ipynb); fi
rm -rf "$work"
mkdir -p "$work"

command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
./submit.sh --help >/dev/null # builds the jar
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet nbclient==0.10.2 nbformat==5.10.4 ipykernel==6.30.1 gensim==4.4.0 numpy==2.4.6 \
  scipy==1.17.1 optuna==5.0.0 redis==5.2.1 pyarrow==18.1.0 pandas==2.3.3 matplotlib==3.10.8 pyspark==4.1.0
"$work/venv/bin/pip" wheel --quiet --no-deps --wheel-dir "$work" ./src/main/python
"$work/venv/bin/pip" install --quiet --no-deps "$work"/item2vec_spark-*.whl
[ -n "$renew" ] || export ITEM2VEC_TRIALS=${ITEM2VEC_TRIALS:-4} ITEM2VEC_EPOCHS=${ITEM2VEC_EPOCHS:-2}

"$work/venv/bin/python" - "$work" "$renew" "${notebooks[@]}" <<'PYTHON'
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

work, renew = pathlib.Path(sys.argv[1]), sys.argv[2]


def plots(code):
    return sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)


def check_committed(name, code):
    """Run once from top to bottom on planted ratings, with nothing of the machine in the outputs."""
    assert [cell.execution_count for cell in code] == list(range(1, 1 + len(code))), f"{name}: notebooks.sh --renew {name.name}"
    said = str([cell.outputs for cell in code])
    for word in ("ML-100k", str(pathlib.Path.cwd()), str(pathlib.Path.home()) + "/", "'stderr'", "Traceback"):
        assert word not in said, f"{name} holds {word}"
    assert plots(code) > 0 and name.stat().st_size < 600_000, f"{name}: {name.stat().st_size} bytes"


for name in map(pathlib.Path, sys.argv[3:]):
    notebook = nbformat.read(name, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not renew:
        check_committed(name, code)
    client = NotebookClient(notebook, timeout=1800, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(name.parent)}})
    try:
        client.execute()
    finally:
        nbformat.write(notebook, work / name.name)
    tables = [output.data["text/plain"] for cell in code for output in cell.outputs
              if output.output_type == "execute_result" and "text/html" in output.data]
    print(f"{name}: {len(code)} cells, {plots(code)} plots", *tables, sep="\n")
    assert plots(code) > 0, f"{name} shows no plot"
    if renew:
        for cell in code:  # what Spark logs
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
        notebook.metadata.language_info = {"name": "python"}
        nbformat.write(notebook, name)
        check_committed(name, code)
PYTHON
rm -rf "$work/venv"
