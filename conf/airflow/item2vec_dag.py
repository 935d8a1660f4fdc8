"""item2vec-spark from Airflow 3: wait for ratings, tune once a week, train (or recommend by a saved model), gate,
publish, verify; roll back a bad publish.

item2vec-spark 0.1; checked with Airflow 3.3.2, apache-airflow-providers-apache-spark 6.3.4 and Spark 4.2.

Put this file into the DAGs folder, `spark-submit` of a Spark 4 on the workers' PATH, and set up:

- the connection `spark_default` (apache-airflow-providers-apache-spark): master and, in `extra`, the deploy mode;
- the connection `item2vec_redis`: host, port, where there are some login and password, in `extra` `"ssl": true` and `"db"`. The
  password goes to the driver in the environment of the task's process, never on a command line, so it needs deploy mode
  `client`. With `cluster` leave it empty and give `publish.password-file` in the configuration file, a file that the driver's
  machine has;
- the parameters below, here or when a run is triggered. Paths may be of any file system that the cluster reads and Airflow's
  ObjectStoragePath knows (file, s3, gs, abfs, hdfs with pyarrow and its fsspec).

Every run works in OUTPUT/runs/RUN_ID, and RUN_ID comes from the logical date: a retry, a cleared task or a backfill of the same
date finds what is finished and repeats nothing, and replaces what is not. Nothing is published over a later date's lists. Tasks
believe the JSON that a command leaves (run.json or --result), because exit codes get lost when the driver runs on the cluster.

Other DAGs may follow the asset `item2vec` (schedule=[Asset("item2vec")]): it is updated when lists are published and verified, never
by a run that changed nothing for readers. `when_it_fails` is called once per task that has failed for good: send your message there.

Readers go back to the generation before when `verify` itself has failed, never because an earlier task has: then they still
follow good lists. A rolled back date that is cleared is published again: when its lists are damaged, anew from its output.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, Connection, ObjectStoragePath, Param, TriggerRule, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

# Values of parameters stand in one word with their option (--input=VALUE), so that none is ever taken for an option; the jar
# stands alone, behind spark-submit's own options, and must not look like one.
NO_OPTION = r"^[^\s-]"
SPARK, REDIS = "spark_default", "item2vec_redis"
RUN_ID = "airflow-{{ (dag_run.logical_date or dag_run.run_after).strftime('%Y%m%dT%H%M%S') }}"
RUN = "{{ params.output }}/runs/" + RUN_ID
SAVED = "{{ ti.xcom_pull(task_ids='saved_model') }}"  # empty: the run trains its own
MODEL = "{% if ti.xcom_pull(task_ids='saved_model') %}" + SAVED + "{% else %}" + RUN + "/model{% endif %}"
WEEK = "{{ params.output }}/tuning/{{ (dag_run.logical_date or dag_run.run_after).strftime('%G-W%V') }}"
HOPELESS = {2: "usage or configuration", 3: "input data", 5: "quality gate"}  # exit codes that a retry does not change
RATINGS, LISTS = Asset("item2vec-ratings"), Asset("item2vec")


def when_it_fails(context: dict) -> None:
    """Called for a task that no retry will save; the place for a message to whoever is on duty."""
    print(f"item2vec: {context['ti'].task_id} of {context['dag_run'].run_id} has failed: {context.get('exception')}")


def read(result: ObjectStoragePath) -> dict:
    """What a command has left; nothing when it has not come to that."""
    return json.loads(result.read_text()) if result.exists() else {}


def run_time(run_id: str) -> datetime:
    """The date in a run's id."""
    return datetime.strptime(run_id, "airflow-%Y%m%dT%H%M%S")


def trained_well(run: ObjectStoragePath) -> bool:
    """Whether a run has saved a model of its own, and that model has passed the gate."""
    trained = read(run / "run.json")
    return (
        trained.get("status") == "SUCCEEDED"
        and "model" in trained.get("saved", {})
        and read(run / "evaluation" / "run.json").get("status") == "SUCCEEDED"
    )


class Item2VecOperator(SparkSubmitOperator):
    """One command of the job. It succeeds when the file that the command leaves says so.

    :param command: and its arguments
    :param result: where the command leaves its JSON; templated
    :param redis: whether the command gets the Redis of the connection
    :param resumes: whether an earlier result of the same run counts, because the command itself goes by it
    :param outdates: the result of another command that counts no longer when this one begins; templated
    """

    template_fields = (*SparkSubmitOperator.template_fields, "result", "outdates")

    def __init__(self, *, command: list[str], result: str, redis: bool = True, resumes: bool = False, outdates: str = "", **kwargs):
        super().__init__(
            application="{{ params.jar }}",
            java_class="io.github.item2vec.Main",
            properties_file="{{ params.properties }}",
            application_args=[command[0], "--conf={{ params.conf }}", *command[1:]],
            conn_id=SPARK,
            name="item2vec " + command[0],
            # A retry submits anew: run id and leases make that harmless, and YARN needs no REST address for it.
            durable=False,
            **kwargs,
        )
        self.result = result
        self.redis = redis
        self.resumes = resumes
        self.outdates = outdates

    def execute(self, context):
        self.application_args += [f"--redis={self._target() if self.redis else 'none'}"]
        result = ObjectStoragePath(self.result)
        if not self.resumes:
            result.unlink(missing_ok=True)
        if self.outdates:
            ObjectStoragePath(self.outdates).unlink(missing_ok=True)
        submitted = None
        try:
            super().execute(context)
        except (AirflowException, RuntimeError) as failure:  # of a driver on the cluster, RuntimeError
            submitted = failure
        outcome = read(result)
        if outcome.get("status") == "SUCCEEDED" and submitted is None:
            return {key: outcome[key] for key in ("runId", "message", "metrics", "tuning") if key in outcome}
        reason = f"{self.task_id}: {outcome.get('error') or outcome.get('message') or submitted or 'left no ' + self.result}"
        if outcome.get("exitCode") in HOPELESS:
            raise AirflowFailException(f"{reason} ({HOPELESS[outcome['exitCode']]}: no retry)")
        raise AirflowException(reason) from submitted

    @staticmethod
    def _target() -> str:
        """Where Redis is; its password is left in this process' environment, which spark-submit inherits."""
        connection = Connection.get(REDIS)
        for name, value in (("REDIS_USER", connection.login), ("REDIS_PASSWORD", connection.password)):
            if value:
                os.environ[name] = value
        extra = connection.extra_dejson
        scheme = "rediss" if extra.get("ssl") else "redis"
        return f"{scheme}://{connection.host}:{connection.port or 6379}/{extra.get('db', 0)}"


with DAG(
    "item2vec",
    description="Item embeddings and top-K recommendations, from ratings into Redis",
    doc_md=__doc__,
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(hours=12),
        "on_failure_callback": when_it_fails,
    },
    params={
        "input": Param("hdfs:///ratings", type="string", pattern=NO_OPTION, description="Ratings: file or directory"),
        "output": Param("hdfs:///item2vec", type="string", pattern=NO_OPTION, description="Where runs and studies go"),
        "conf": Param("hdfs:///item2vec/job.conf", type="string", pattern=NO_OPTION, description="HOCON file of the job"),
        "jar": Param("hdfs:///item2vec/item2vec-spark.jar", type="string", pattern=NO_OPTION,
                     description="target/item2vec-spark.jar"),
        "properties": Param("/opt/item2vec/conf/spark.properties", type="string", pattern=NO_OPTION,
                            description="conf/spark.properties"),
        "trials": Param(100, type="integer", minimum=1, description="Trials of the weekly study"),
        "gate": Param("popularity,published", type="string", description="evaluation.gate; off = none"),
        "train_every": Param(1, type="integer", minimum=1, description="Days between trainings, 1 = train daily; in between, "
                             "lists for all users, new ones too, come from the latest model that has passed the gate"),
        "tune_on": Param(0, type="integer", minimum=0, maximum=7, description="Day of the study, Monday = 0; 7 = never"),
    },
    tags=["spark", "redis", "recommendations"],
) as dag:

    @task.sensor(poke_interval=60, timeout=6 * 3600, mode="reschedule")
    def wait_for_ratings(params, **_) -> bool:
        return ObjectStoragePath(params["input"]).exists()

    @task.branch
    def is_tuning_day(params, dag_run, **_) -> str:
        day = (dag_run.logical_date or dag_run.run_after).weekday()
        return "tune" if day == params["tune_on"] else "settings"

    tune = Item2VecOperator(
        task_id="tune",
        command=["tune", "--input={{ params.input }}", "--output=" + WEEK, "--resume", "-Dtuning.trials={{ params.trials }}"],
        result=WEEK + "/run.json",
        redis=False,
        resumes=True,
    )

    @task(trigger_rule=TriggerRule.NONE_FAILED)
    def settings(params, **_) -> str:
        """The newest study's best parameters; without one, the job's own file once more."""
        studies = ObjectStoragePath(params["output"]) / "tuning"
        found = sorted(studies.glob("*/best.conf"), key=str) if studies.exists() else []
        return str(found[-1]) if found else params["conf"]

    @task
    def saved_model(params, run_id_of_job, **_) -> str:
        """The latest model that is young enough and has passed the gate; without one, an empty text: train."""
        runs = ObjectStoragePath(params["output"]) / "runs"
        done = read(runs / run_id_of_job / "run.json")
        if done.get("status") == "SUCCEEDED":  # it is not made again: what it went by
            return done.get("model", {}).get("path", "")
        oldest = run_time(run_id_of_job) - timedelta(days=params["train_every"])
        for run in sorted(runs.glob("airflow-*") if runs.exists() else [], key=lambda run: run.name, reverse=True):
            if oldest < run_time(run.name) < run_time(run_id_of_job) and trained_well(run):
                return str(run / "model")
        return ""

    train = Item2VecOperator(  # or recommend by the saved model
        task_id="train",
        command=["run", "--conf={{ ti.xcom_pull(task_ids='settings') }}", "--input={{ params.input }}",
                 "--output=" + RUN, "--run-id=" + RUN_ID, "--model=" + SAVED],
        result=RUN + "/run.json",
        redis=False,  # publishes nothing
        resumes=True,
        inlets=[RATINGS],
    )
    evaluate = Item2VecOperator(  # the quality gate, next to popularity and next to what is published
        task_id="evaluate",
        command=["evaluate", "--conf={{ ti.xcom_pull(task_ids='settings') }}", "--input={{ params.input }}",
                 "--model=" + MODEL, f"--output={RUN}/evaluation", "-Devaluation.gate={{ params.gate }}"],
        result=RUN + "/evaluation/run.json",
    )

    @task.short_circuit
    def is_newest(params, run_id_of_job, **_) -> bool:
        """Whether no later date's lists are published: a backfill must not put older ones in their place.

        publish looks too (--in-order), at Redis itself, right before it publishes."""
        later = [
            run
            for run in (ObjectStoragePath(params["output"]) / "runs").glob("airflow-*")
            if run.name > run_id_of_job
            and read(run / "publish.json").get("status") == "SUCCEEDED"
            and read(run / "rollback.json").get("status") != "SUCCEEDED"
        ]
        for run in later:
            print(f"{run.name} is published already: {run_id_of_job} is not")
        return not later

    publish = Item2VecOperator(
        task_id="publish",
        command=["publish", "--in-order", "--output=" + RUN, f"--result={RUN}/publish.json"],
        result=RUN + "/publish.json",
        outdates=RUN + "/rollback.json",  # of an earlier attempt: what is published again is not rolled back any more
    )
    verify = Item2VecOperator(
        task_id="verify",
        command=["verify", "--contents", "--output=" + RUN, f"--result={RUN}/verify.json"],
        result=RUN + "/verify.json",
        retries=0,
        inlets=[RATINGS],
        outlets=[LISTS],
    )

    @task.short_circuit(trigger_rule=TriggerRule.ONE_FAILED, ignore_downstream_trigger_rules=False)
    def is_bad(ti, **_) -> bool:
        """Whether verify itself failed. When an earlier task did, readers follow good lists, maybe this very run's."""
        return ti.get_task_states(ti.dag_id, task_ids=["verify"], run_ids=[ti.run_id])[ti.run_id]["verify"] == "failed"

    rollback = Item2VecOperator(  # harmless when readers do not follow this run's generation
        task_id="rollback",
        command=["rollback", "--run-id=" + RUN_ID, f"--result={RUN}/rollback.json"],
        result=RUN + "/rollback.json",
    )
    # a run that was rolled back is a failed run
    published = EmptyOperator(task_id="published", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)

    chosen = settings()
    wait_for_ratings() >> is_tuning_day() >> [tune, chosen]
    tune >> chosen >> saved_model(run_id_of_job=RUN_ID) >> train >> evaluate >> is_newest(run_id_of_job=RUN_ID) >> publish >> verify
    verify >> is_bad() >> rollback >> published
    verify >> published
