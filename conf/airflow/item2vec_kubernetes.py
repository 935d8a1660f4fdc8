"""Commands of the job by the Kubeflow Spark operator, deferrable: while a driver runs, no worker waits; see item2vec_dag.py.

The SparkApplication, with image, resources and the secret of the Redis password, is conf/k8s/item2vec-sparkapplication.yaml. Put
your copy next to this file, or name another place in ITEM2VEC_SPARK_APPLICATION. Its jar, arguments, name and restart policy
are set here: it is Airflow that repeats.
"""

from __future__ import annotations

import os
from pathlib import Path

import yaml
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.sdk.exceptions import AirflowException
from item2vec_commands import MAIN, Command, CommandTask

FILE = Path(os.environ.get("ITEM2VEC_SPARK_APPLICATION") or Path(__file__).with_name("item2vec-sparkapplication.yaml"))


def application(command: Command) -> dict:
    """The SparkApplication of a command, its texts still templates."""
    if not FILE.is_file():
        raise FileNotFoundError(
            f"{FILE}: no such file; copy conf/k8s/item2vec-sparkapplication.yaml there, or name yours in ITEM2VEC_SPARK_APPLICATION"
        )
    described = yaml.safe_load(FILE.read_text())
    described["spec"].update(
        mainClass=MAIN,
        mainApplicationFile="{{ params.jar }}",
        arguments=command.arguments(),
        restartPolicy={"type": "Never"},
    )
    return described


class Item2VecOperator(CommandTask, SparkKubernetesOperator):
    """One command, as a SparkApplication. It succeeds when the file that the command leaves says so."""

    template_fields = (*SparkKubernetesOperator.template_fields, "result", "outdates")
    template_ext = ()  # a result ends in .json and is no template's file

    def __init__(self, *, command: Command, **kwargs):
        described = application(command)
        super().__init__(
            name="item2vec-" + command.name,
            namespace=described["metadata"].get("namespace", "default"),
            template_spec=described,
            deferrable=True,
            **kwargs,
        )
        self.command = command
        self.result = command.result
        self.outdates = command.outdates

    def execute(self, context):
        self.begin()
        failure = None
        try:
            super().execute(context)  # ends in TaskDeferred, which is no Exception, unless the driver has ended already
        except AirflowException as reported:
            failure = reported
        return self.end(failure)

    def trigger_reentry(self, context, event):
        failure = None
        try:
            super().trigger_reentry(context, event)
        except AirflowException as reported:
            failure = reported
        return self.end(failure)
