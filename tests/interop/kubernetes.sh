#!/usr/bin/env bash
# conf/k8s, or the files that are named, against the models of the Kubeflow Spark operator's API. No cluster runs it.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$PWD/target/venv-kubernetes
[ -d "$venv" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet 'kubeflow-spark-api==2.4.0' 'pyyaml==6.0.2'
"$venv/bin/python" tests/interop/kubernetes/check.py "${@:-conf/k8s/item2vec-sparkapplication.yaml}"
# and the check itself: a field with a typing error in its name is found
broken=$(mktemp)
trap 'rm -f "$broken"' EXIT
sed 's/^    instances:/    instance:/' conf/k8s/item2vec-sparkapplication.yaml >"$broken"
! "$venv/bin/python" tests/interop/kubernetes/check.py "$broken" 2>/dev/null
