"""Finished runs of the job in MLflow. Needs mlflow or mlflow-skinny, and neither Spark nor a JVM.

    item2vec_spark.log_run("out", experiment="item2vec")
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

_ENDED = {"SUCCEEDED": "FINISHED", "FAILED": "FAILED"}
_RUN_ID, _STARTED = "item2vec.run-id", "item2vec.started-at"
_BATCH = 100  # parameters that MLflow takes in one request; of metrics it takes more


def log_run(output: str | Path, experiment: str = "item2vec", tracking_uri: str | None = None) -> str:
    """Logs what OUTPUT/run.json says of a finished run, the model and the report. Returns the id of the run in MLflow.

    output: the directory that run or evaluate was given, on this machine's file system.
    experiment: is made when there is none of that name.
    tracking_uri: of the MLflow server or file; None is MLflow's own setting (MLFLOW_TRACKING_URI).

    Each number has one home, under its path in run.json with "_at_" for "@", which MLflow takes in no name: parameters are run.json's
    params, trainer and seed; metrics are its metrics, baselines.NAME.METRIC, timings.STAGE, seconds and, one step per epoch,
    training.losses. All else stays in run.json, which is an artifact like report.html and the directory model. A run that
    failed is FAILED in MLflow, with the reason in the tag item2vec.error. Logging a run again changes nothing; it completes what
    was interrupted.

    Raises FileNotFoundError when there is no run.json, or when the model that it names or the report is not there; ValueError when
    the run has not ended; ImportError without MLflow.
    """
    directory = Path(output)
    record = _finished(directory)
    artifacts = _artifacts(directory, record)
    client = _client(tracking_uri)
    found = client.get_experiment_by_name(experiment)
    home = found.experiment_id if found else client.create_experiment(experiment)
    run = _known(client, home, record) or _begun(client, home, record)
    if run.info.status == "RUNNING":
        _log(client, run.info.run_id, record, artifacts)
    return str(run.info.run_id)


def _finished(directory: Path) -> dict[str, Any]:
    file = directory / "run.json"
    if not file.is_file():
        raise FileNotFoundError(
            f"{file}: no such file; output is the directory that run or evaluate was given, copied to this machine where "
            "it is on another file system"
        )
    record = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(record, dict) or record.get("status") not in _ENDED:
        status = record.get("status") if isinstance(record, dict) else None
        raise ValueError(f"{file}: status is SUCCEEDED or FAILED in a run that has ended, not {status!r}; log it when it has")
    return record


def _artifacts(directory: Path, record: dict[str, Any]) -> list[Path]:
    """What is there to be logged; run.json last."""
    expected = [directory / "model"] if "model" in record.get("saved", {}) else []
    expected.append(directory / "report.html")
    for path in expected:
        if not path.exists():
            raise FileNotFoundError(f"{path}: not there, but run.json tells of it; log the whole output directory of a run")
    return [*expected, directory / "run.json"]


def _client(tracking_uri: str | None) -> Any:
    try:
        return importlib.import_module("mlflow").MlflowClient(tracking_uri)
    except ModuleNotFoundError as missing:
        raise ImportError("log_run needs MLflow: pip install mlflow, or mlflow-skinny for a client of a server") from missing


def _known(client: Any, experiment: str, record: dict[str, Any]) -> Any:
    """The run in MLflow that this one was logged as before; None when it was not."""
    same_start = f"tags.`{_STARTED}` = '{record['startedAt']}'"
    runs = client.search_runs([experiment], filter_string=same_start)
    return next((run for run in runs if run.data.tags.get(_RUN_ID) == record["runId"]), None)


def _begun(client: Any, experiment: str, record: dict[str, Any]) -> Any:
    tags = {_RUN_ID: record["runId"], _STARTED: record["startedAt"], "item2vec.version": record["version"]}
    if "error" in record:
        tags["item2vec.error"] = record["error"]
        tags["item2vec.exit-code"] = str(record["exitCode"])
    return client.create_run(experiment, start_time=_millis(record), tags=tags, run_name=record["runId"])


def _log(client: Any, run: str, record: dict[str, Any], artifacts: list[Path]) -> None:
    entities = importlib.import_module("mlflow.entities")
    end = _millis(record) + round(1000 * record["seconds"])
    params = [entities.Param(_name(key), str(value)) for key, value in _params(record)]
    metrics = [entities.Metric(_name(key), float(value), end, step) for key, value, step in _metrics(record)]
    for start in range(0, max(len(params), len(metrics)), _BATCH):
        client.log_batch(run, params=params[start : start + _BATCH], metrics=metrics[start : start + _BATCH])
    for path in artifacts:
        if path.is_dir():
            client.log_artifacts(run, str(path), path.name)
        else:
            client.log_artifact(run, str(path))
    client.set_terminated(run, _ENDED[record["status"]], end_time=end)


def _params(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from record.get("params", {}).items()
    yield from ((key, record[key]) for key in ("trainer", "seed") if key in record and key not in record.get("params", {}))


def _metrics(record: dict[str, Any]) -> Iterator[tuple[str, float, int]]:
    """Name, value and step of each."""
    yield "seconds", record["seconds"], 0
    for key, value in record.get("metrics", {}).items():
        yield key, value, 0
    for baseline, metrics in record.get("baselines", {}).items():
        for key, value in metrics.items():
            yield f"baselines.{baseline}.{key}", value, 0
    for stage, seconds in record.get("timings", {}).items():
        yield f"timings.{stage}", seconds, 0
    for epoch, loss in enumerate(record.get("training", {}).get("losses", []), start=1):
        yield "training.losses", loss, epoch


def _name(path: str) -> str:
    return path.replace("@", "_at_")


def _millis(record: dict[str, Any]) -> int:
    """When the run began, in milliseconds since 1970."""
    return round(1000 * datetime.fromisoformat(record["startedAt"].replace("Z", "+00:00")).timestamp())
