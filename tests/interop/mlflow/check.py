"""Logs the runs in DIRECTORY/good and DIRECTORY/bad to a store of MLflow and reads them back: DIRECTORY TRACKING_URI."""

import filecmp
import json
import sys
import time
from datetime import datetime
from pathlib import Path

import mlflow
from mlflow import MlflowClient

from item2vec_spark import log_run, tracking

directory, uri = Path(sys.argv[1]), sys.argv[2]


def raised(kind, call):
    try:
        call()
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")


def read_back(run_id):
    """A run as another process would see it."""
    client = MlflowClient(uri)
    run = client.get_run(run_id)
    history = {name: [(m.step, m.value) for m in client.get_metric_history(run_id, name)] for name in run.data.metrics}
    folder = Path(mlflow.artifacts.download_artifacts(run_id=run_id, tracking_uri=uri, dst_path=str(directory / run_id)))
    return run, history, folder


def same_files(kept, logged, but=()):
    names = {p.relative_to(kept) for p in kept.rglob("*") if p.is_file() and p.relative_to(kept).parts[0] not in but}
    assert names == {p.relative_to(logged) for p in logged.rglob("*") if p.is_file()}, (names, logged)
    assert all(filecmp.cmp(kept / name, logged / name, shallow=False) for name in names)
    return names


def check_times(run, record):
    began = datetime.fromisoformat(record["startedAt"]).timestamp() * 1000
    assert run.info.start_time == began, run.info
    assert abs(run.info.end_time - began - record["seconds"] * 1000) <= 0.5, run.info


good = json.loads((directory / "good/run.json").read_text())
began = time.perf_counter()
run_id = log_run(directory / "good", tracking_uri=uri)
seconds = time.perf_counter() - began
run, history, folder = read_back(run_id)
assert run.info.status == "FINISHED" and run.info.run_name == good["runId"] == "Tuesday's", run.info
check_times(run, good)
assert run.data.params == {**{k: str(v) for k, v in good["params"].items()}, "trainer": "item2vec", "seed": str(good["seed"])}
expected = {"seconds": [(0, good["seconds"])]}
expected |= {k.replace("@", "_at_"): [(0, v)] for k, v in good["metrics"].items()}
expected |= {f"baselines.popularity.{k.replace('@', '_at_')}": [(0, v)] for k, v in good["baselines"]["popularity"].items()}
expected |= {f"timings.{k}": [(0, v)] for k, v in good["timings"].items()}
expected["training.losses"] = [(1 + i, v) for i, v in enumerate(good["training"]["losses"])]
assert history == expected, (history, expected)
assert len(good["training"]["losses"]) == 3 and list(good["baselines"]) == ["popularity"]
assert run.data.tags["item2vec.run-id"] == "Tuesday's" and "item2vec.error" not in run.data.tags
files = same_files(directory / "good", folder, but=("recommendations", "user-metrics", "ids", "rejected", ".run"))
assert any(name.parts[0] == "model" for name in files)
print(f"a run that succeeded: {len(run.data.params)} parameters, {len(history)} metrics, {len(files)} files as in its output, in {seconds:.1f} s")

bad = json.loads((directory / "bad/run.json").read_text())
failed, history, folder = read_back(log_run(directory / "bad", tracking_uri=uri))
assert failed.info.status == "FAILED" and bad["exitCode"] == 3
check_times(failed, bad)
assert failed.data.tags["item2vec.error"] == bad["error"] and failed.data.tags["item2vec.exit-code"] == "3"
assert "map_at_10" not in history and history["timings.read"] == [(0, bad["timings"]["read"])]
assert {str(name) for name in same_files(directory / "bad", folder, but=("rejected", ".run"))} == {"run.json", "report.html"}
print(f"a run that failed: FAILED, {failed.data.tags['item2vec.error']}")

client = MlflowClient(uri)
home = client.get_experiment_by_name("item2vec").experiment_id
assert log_run(directory / "good", tracking_uri=uri) == run_id
assert read_back(run_id)[0].info.end_time == run.info.end_time
assert len(client.search_runs([home])) == 2
begun = tracking._begun(client, client.create_experiment("interrupted"), good).info.run_id
assert log_run(directory / "good", experiment="interrupted", tracking_uri=uri) == begun
assert client.get_run(begun).info.status == "FINISHED" and client.get_run(begun).data.metrics == run.data.metrics
print("logged again: nothing changes; what was interrupted is completed")

killed = directory / "killed"
killed.mkdir()
(killed / "run.json").write_text(json.dumps({**good, "status": "RUNNING"}))
assert "not 'RUNNING'" in raised(ValueError, lambda: log_run(killed, tracking_uri=uri))
(killed / "run.json").write_text(json.dumps(good))
assert "model: not there" in raised(FileNotFoundError, lambda: log_run(killed, tracking_uri=uri))
assert "no such file" in raised(FileNotFoundError, lambda: log_run(directory / "nothing", tracking_uri=uri))
assert len(client.search_runs([home])) == 2
sys.modules["mlflow"] = None  # as where it is not installed
assert "pip install mlflow" in raised(ImportError, lambda: log_run(directory / "good", tracking_uri=uri))
print("a run that has not ended, an output without its model and a Python without MLflow are refused")
