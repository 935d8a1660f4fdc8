"""item2vec-spark from Airflow 3: wait for ratings, tune once a week, train and measure (or recommend by a saved model), publish
what the quality gate lets pass, verify; roll back a bad publish.

item2vec-spark 0.1. Run with Airflow 3.3.2, apache-airflow-providers-apache-spark 6.3.4 and Spark 4.2.0. The Kubernetes variant, with
apache-airflow-providers-cncf-kubernetes 10.25.0, was run with a stand-in for the API server; no cluster has run it.

Put the files of this directory into the DAGs folder and set up:

- the connection `item2vec_redis`: host, port, where there are some login and password, in `extra` `"ssl": true` and `"db"`;
- the parameters below, here or when a run is triggered. Paths may be of any file system that the cluster reads and Airflow's
  ObjectStoragePath knows (file, s3, gs, abfs, hdfs with pyarrow and its fsspec);
- with spark-submit, the default: the connection `spark_default` (apache-airflow-providers-apache-spark) with master and, in
  `extra`, the deploy mode; `spark-submit` of a Spark 4 on the workers' PATH. The password goes to the driver in the environment of
  the task's process, never on a command line, so it needs deploy mode `client`. With `cluster` leave it empty and give
  `publish.password-file` in the configuration file, a file that the driver's machine has;
- with the Kubeflow Spark operator: `ITEM2VEC_OPERATOR=kubernetes` in the environment of Airflow's processes, the connection
  `kubernetes_default` and a SparkApplication (see item2vec_kubernetes.py). The password comes from the secret that it names.

Every run works in OUTPUT/runs/RUN_ID, and RUN_ID comes from the logical date: a retry, a cleared task or a backfill of the same
date finds what is finished and repeats nothing, and replaces what is not. Ratings are read once per run: `train` measures
what it has trained, and `publish` asks the gate by these figures. Nothing is published over a later date's lists.

Other DAGs may follow the asset `item2vec` (schedule=[Asset("item2vec")]): it is updated when lists are published and verified, never
by a run that changed nothing for readers. `when_it_fails` is called once per task that has failed for good: send your message there.

Readers go back to the generation before when `verify` itself has failed, never because an earlier task has: then they still
follow good lists. A rolled back date that is cleared is published again: when its lists are damaged, anew from its output.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, ObjectStoragePath, Param, TriggerRule, task
from item2vec_commands import PUBLISH, ROLLBACK, RUN_ID, TRAIN, TUNE, VERIFY, read, redis_address, run_time, trained_well

OPERATOR = os.environ.get("ITEM2VEC_OPERATOR", "spark-submit")
if OPERATOR == "spark-submit":
    from item2vec_spark_submit import Item2VecOperator
elif OPERATOR == "kubernetes":
    from item2vec_kubernetes import Item2VecOperator
else:
    raise ValueError(f"ITEM2VEC_OPERATOR is spark-submit or kubernetes, not {OPERATOR!r}")

NO_OPTION = r"^[^\s-]"  # the jar stands alone, behind spark-submit's own options, and must not look like one
RATINGS, LISTS = Asset("item2vec-ratings"), Asset("item2vec")


def when_it_fails(context: dict) -> None:
    """Called for a task that no retry will save; the place for a message to whoever is on duty."""
    print(f"item2vec: {context['ti'].task_id} of {context['dag_run'].run_id} has failed: {context.get('exception')}")


with DAG(
    "item2vec",
    description="Item embeddings and top-K recommendations, from ratings into Redis",
    doc_md=__doc__,
    user_defined_macros={"redis_address": redis_address},
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
                            description="conf/spark.properties; not on Kubernetes"),
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

    tune = Item2VecOperator(task_id="tune", command=TUNE)

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

    train = Item2VecOperator(task_id="train", command=TRAIN, inlets=[RATINGS])

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

    publish = Item2VecOperator(task_id="publish", command=PUBLISH)
    verify = Item2VecOperator(task_id="verify", command=VERIFY, retries=0, inlets=[RATINGS], outlets=[LISTS])

    @task.short_circuit(trigger_rule=TriggerRule.ONE_FAILED, ignore_downstream_trigger_rules=False)
    def is_bad(ti, **_) -> bool:
        """Whether verify itself failed. When an earlier task did, readers follow good lists, maybe this very run's."""
        return ti.get_task_states(ti.dag_id, task_ids=["verify"], run_ids=[ti.run_id])[ti.run_id]["verify"] == "failed"

    rollback = Item2VecOperator(task_id="rollback", command=ROLLBACK)
    # a run that was rolled back is a failed run
    published = EmptyOperator(task_id="published", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)

    chosen = settings()
    wait_for_ratings() >> is_tuning_day() >> [tune, chosen]
    tune >> chosen >> saved_model(run_id_of_job=RUN_ID) >> train >> is_newest(run_id_of_job=RUN_ID) >> publish >> verify
    verify >> is_bad() >> rollback >> published
    verify >> published
