"""The DAG on Kubernetes, in the Airflow that runs this: parsed, each command's SparkApplication rendered as for a run of
2026-11-24 and given to the provider's launcher, which makes of it what it would send. Written as YAML: PARAMETERS DIRECTORY REDIS_ADDRESS.

No cluster takes them here; check.py of ../kubernetes holds them against the operator's schema."""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import yaml
from airflow.configuration import conf
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.providers.cncf.kubernetes.operators.custom_object_launcher import CustomObjectLauncher
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

parameters, directory = json.loads(sys.argv[1]), Path(sys.argv[2])
folder = conf.get("core", "dags_folder")
bag = BundleDagBag(dag_folder=folder, bundle_path=Path(folder), bundle_name="dags-folder")
assert not bag.import_errors, bag.import_errors
dag = bag.dags["item2vec"]
pulled = {"settings": "/studies/best.conf", "saved_model": ""}
context = {
    "params": {**dag.params.dump(), **parameters},
    "dag_run": SimpleNamespace(logical_date=datetime(2026, 11, 24, tzinfo=timezone.utc)),
    "ti": SimpleNamespace(xcom_pull=lambda task_ids: pulled[task_ids]),
}
run = f"{parameters['output']}/runs/airflow-20261124T000000"
expected = {
    "tune": ["tune", f"--conf={parameters['conf']}", f"--input={parameters['input']}",
             f"--output={parameters['output']}/tuning/2026-W48", "--resume", f"-Dtuning.trials={parameters['trials']}", "--redis=none"],
    "train": ["run", f"--conf={parameters['conf']}", "--conf=/studies/best.conf", f"--input={parameters['input']}", f"--output={run}",
              "--run-id=airflow-20261124T000000", "--model=", "--redis=none"],
    "publish": ["publish", f"--conf={parameters['conf']}", "--in-order", f"--output={run}", f"--result={run}/publish.json",
                "-Devaluation.gate=popularity,published", "--redis=@"],
    "verify": ["verify", f"--conf={parameters['conf']}", "--contents", f"--output={run}", f"--result={run}/verify.json", "--redis=@"],
    "rollback": ["rollback", f"--conf={parameters['conf']}", "--run-id=airflow-20261124T000000", f"--result={run}/rollback.json",
                 "--redis=@"],
}
for name, arguments in expected.items():
    task = dag.get_task(name)
    assert isinstance(task, SparkKubernetesOperator) and task.deferrable, task
    task.render_template_fields(context)
    launcher = CustomObjectLauncher(
        name=task.create_job_name(), namespace=task.namespace, kube_client=None, custom_obj_api=None, template_body=task.template_body
    )
    spec = launcher.body["spec"]
    arguments = [word.replace("--redis=@", f"--redis={sys.argv[3]}") for word in arguments]
    assert spec["arguments"] == arguments, f"{name}:\n{spec['arguments']}\n{arguments}"
    assert spec["mainApplicationFile"] == parameters["jar"] and spec["restartPolicy"] == {"type": "Never"}, spec
    assert spec["driver"]["envSecretKeyRefs"]["REDIS_PASSWORD"] == {"name": "item2vec-redis", "key": "password"}
    (directory / f"{name}.yaml").write_text(yaml.safe_dump(launcher.body))
print(f"on Kubernetes: the DAG parsed, its {len(expected)} SparkApplications rendered, all deferrable; not run on a cluster")
