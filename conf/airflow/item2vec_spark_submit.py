"""Commands of the job by spark-submit; see item2vec_dag.py."""

from __future__ import annotations

import os

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowException
from item2vec_commands import MAIN, REDIS, Command, CommandTask


class Item2VecOperator(CommandTask, SparkSubmitOperator):
    """One command, submitted by the worker. It succeeds when the file that the command leaves says so."""

    template_fields = (*SparkSubmitOperator.template_fields, "result", "outdates")

    def __init__(self, *, command: Command, **kwargs):
        super().__init__(
            application="{{ params.jar }}",
            java_class=MAIN,
            properties_file="{{ params.properties }}",
            application_args=command.arguments(),
            conn_id="spark_default",
            name="item2vec " + command.name,
            # A retry submits anew: run id and leases make that harmless, and YARN needs no REST address for it.
            durable=False,
            **kwargs,
        )
        self.command = command
        self.result = command.result
        self.outdates = command.outdates

    def execute(self, context):
        password = Connection.get(REDIS).password if self.command.redis else None
        if password:
            os.environ["REDIS_PASSWORD"] = password  # of this task's process, which spark-submit inherits
        self.begin()
        failure = None
        try:
            super().execute(context)
        except (AirflowException, RuntimeError) as submitted:  # of a driver on the cluster, RuntimeError
            failure = submitted
        return self.end(failure)
