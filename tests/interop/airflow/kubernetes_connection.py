"""The connection kubernetes_default to an API server at an ADDRESS, as AIRFLOW_CONN_KUBERNETES_DEFAULT takes it."""

import json
import sys

config = {
    "apiVersion": "v1",
    "kind": "Config",
    "clusters": [{"name": "c", "cluster": {"server": sys.argv[1]}}],
    "users": [{"name": "u", "user": {"token": "none"}}],
    "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
    "current-context": "x",
}
print(json.dumps({"conn_type": "kubernetes", "extra": {"kube_config": json.dumps(config), "namespace": "default"}}))
