"""The command lines of item2vec_dag.py, the one place that makes them, and what is believed of a command that has ended.

Two operators run them: item2vec_spark_submit.py and item2vec_kubernetes.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from airflow.sdk import Connection, ObjectStoragePath
from airflow.sdk.exceptions import AirflowException, AirflowFailException

REDIS = "item2vec_redis"  # the connection
MAIN = "io.github.item2vec.Main"
DATE = "(dag_run.logical_date or dag_run.run_after)"
RUN_ID = "airflow-{{ " + DATE + ".strftime('%Y%m%dT%H%M%S') }}"
RUN = "{{ params.output }}/runs/" + RUN_ID
WEEK = "{{ params.output }}/tuning/{{ " + DATE + ".strftime('%G-W%V') }}"
HOPELESS = {2: "usage or configuration", 3: "input data", 5: "quality gate, or too few users"}  # exit codes that a retry does not change


@dataclass(frozen=True)
class Command:
    """One command of the job. All texts are templates.

    :param words: of the command line. A value stands in one word with its option (--input=VALUE), so that none is ever taken for
        an option
    :param result: where the command leaves its JSON (run.json or --result)
    :param redis: whether it gets the Redis of the connection; never its password
    :param resumes: whether an earlier success of the same run counts, because the command itself goes by it
    :param outdates: the result of another command that counts no longer when this one begins
    """

    words: tuple[str, ...]
    result: str
    redis: bool = True
    resumes: bool = False
    outdates: str = ""

    @property
    def name(self) -> str:
        return self.words[0]

    def arguments(self) -> list[str]:
        """What stands behind the jar."""
        redis = "{{ redis_address() }}" if self.redis else "none"
        return [self.name, "--conf={{ params.conf }}", *self.words[1:], f"--redis={redis}"]


SETTINGS = "--conf={{ ti.xcom_pull(task_ids='settings') }}"  # the later --conf wins
TUNE = Command(
    ("tune", "--input={{ params.input }}", f"--output={WEEK}", "--resume", "-Dtuning.trials={{ params.trials }}"),
    result=f"{WEEK}/run.json",
    redis=False,
    resumes=True,
)
TRAIN = Command(  # trains, or takes the saved model; makes the lists and measures them; all in one read of the ratings
    ("run", SETTINGS, "--input={{ params.input }}", f"--output={RUN}", f"--run-id={RUN_ID}",
     "--model={{ ti.xcom_pull(task_ids='saved_model') or '' }}"),
    result=f"{RUN}/run.json",
    redis=False,  # publishes nothing
    resumes=True,
)
PUBLISH = Command(  # asks the gate first, by what TRAIN has measured
    ("publish", "--in-order", f"--output={RUN}", f"--result={RUN}/publish.json", "-Devaluation.gate={{ params.gate }}"),
    result=f"{RUN}/publish.json",
    outdates=f"{RUN}/rollback.json",  # of an earlier attempt: what is published again is not rolled back any more
)
VERIFY = Command(("verify", "--contents", f"--output={RUN}", f"--result={RUN}/verify.json"), result=f"{RUN}/verify.json")
ROLLBACK = Command(  # harmless when readers do not follow this run's generation
    ("rollback", f"--run-id={RUN_ID}", f"--result={RUN}/rollback.json"), result=f"{RUN}/rollback.json"
)


def redis_address() -> str:
    """Where Redis is, and as whom; without the password, since all users of a machine may read command lines."""
    connection = Connection.get(REDIS)
    extra = connection.extra_dejson
    scheme = "rediss" if extra.get("ssl") else "redis"
    user = quote(connection.login, safe="") + "@" if connection.login else ""
    return f"{scheme}://{user}{connection.host}:{connection.port or 6379}/{extra.get('db', 0)}"


def read(result: ObjectStoragePath) -> dict:
    """What a command has left; nothing when it has not come to that."""
    return json.loads(result.read_text()) if result.exists() else {}


def run_time(run_id: str) -> datetime:
    """The date in a run's id."""
    return datetime.strptime(run_id, "airflow-%Y%m%dT%H%M%S")


def trained_well(run: ObjectStoragePath) -> bool:
    """Whether a run has saved a model of its own, and its lists have passed the gate and were published."""
    trained = read(run / "run.json")
    return (
        trained.get("status") == "SUCCEEDED"
        and "model" in trained.get("saved", {})
        and read(run / "publish.json").get("status") == "SUCCEEDED"
    )


class CommandTask:
    """What both operators do before and after the command. Exit codes get lost when the driver runs on the cluster, so the JSON
    that the command leaves is believed."""

    command: Command
    result: str
    outdates: str

    def begin(self) -> None:
        """Forgets what would be taken for this attempt's."""
        result = ObjectStoragePath(self.result)
        if not (self.command.resumes and read(result).get("status") == "SUCCEEDED"):
            result.unlink(missing_ok=True)
        if self.outdates:
            ObjectStoragePath(self.outdates).unlink(missing_ok=True)

    def end(self, failure: Exception | None) -> dict:
        """What the command tells of itself.

        :param failure: of the submission or of the driver, where one was seen
        """
        outcome = read(ObjectStoragePath(self.result))
        if outcome.get("status") == "SUCCEEDED" and failure is None:
            return {key: outcome[key] for key in ("runId", "message", "metrics", "tuning") if key in outcome}
        reason = f"{self.task_id}: {outcome.get('error') or outcome.get('message') or failure or 'left no ' + self.result}"
        if outcome.get("exitCode") in HOPELESS:
            raise AirflowFailException(f"{reason} ({HOPELESS[outcome['exitCode']]}: no retry)")
        raise AirflowException(reason) from failure
