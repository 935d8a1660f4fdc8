#!/usr/bin/env bash
# Runs the notebooks of notebooks-ref/ from top to bottom, with few trials and epochs (ITEM2VEC_TRIALS, ITEM2VEC_EPOCHS
# give more). The committed ones hold no outputs; the executed ones stay in target/interop-notebooks.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-notebooks
rm -rf "$work"
mkdir -p "$work"

command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
./submit.sh --help >/dev/null # builds the jar
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet nbclient==0.10.2 nbformat==5.10.4 ipykernel==6.30.1 gensim==4.4.0 numpy==2.4.6 \
  scipy==1.17.1 optuna==5.0.0 redis==5.2.1 pyarrow==18.1.0 pandas==2.3.3 matplotlib==3.10.8 pyspark==4.1.0
"$work/venv/bin/pip" wheel --quiet --no-deps --wheel-dir "$work" ./src/main/python
"$work/venv/bin/pip" install --quiet --no-deps "$work"/item2vec_spark-*.whl
export ITEM2VEC_TRIALS=${ITEM2VEC_TRIALS:-4} ITEM2VEC_EPOCHS=${ITEM2VEC_EPOCHS:-2}

"$work/venv/bin/python" - "$work" notebooks-ref/*.ipynb <<'PYTHON'
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

for name in map(pathlib.Path, sys.argv[2:]):
    notebook = nbformat.read(name, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code), f"{name} holds outputs"
    client = NotebookClient(notebook, timeout=900, kernel_name="python3", resources={"metadata": {"path": str(name.parent)}})
    try:
        client.execute()
    finally:
        nbformat.write(notebook, pathlib.Path(sys.argv[1]) / name.name)
    tables = [output.data["text/plain"] for cell in code for output in cell.outputs
              if output.output_type == "execute_result" and "text/html" in output.data]
    plots = sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
    assert plots > 0, f"{name} shows no plot"
    print(f"{name}: {len(code)} cells, {plots} plots", *tables, sep="\n")
PYTHON
rm -rf "$work/venv"
