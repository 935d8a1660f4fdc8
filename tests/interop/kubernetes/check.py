"""Checks a SparkApplication against the operator's own models: types, required fields, and no field that they do not know."""
import sys

import yaml
from kubeflow_spark_api.models.spark_v1beta2_spark_application import SparkV1beta2SparkApplication


def lost(given, kept, path=""):
    """Paths of what the models dropped or changed."""
    if isinstance(given, dict):
        return [p for key, value in given.items() for p in lost(value, (kept or {}).get(key), f"{path}/{key}")]
    if isinstance(given, list):
        pairs = zip(given, kept or [None] * len(given))
        return [p for i, (a, b) in enumerate(pairs) for p in lost(a, b, f"{path}/{i}")]
    return [] if given == kept else [path]


for name in sys.argv[1:]:
    with open(name) as file:
        given = yaml.safe_load(file)
    kept = SparkV1beta2SparkApplication.from_dict(given).to_dict()
    if unknown := lost(given, kept):
        sys.exit(f"{name}: not in the operator's schema: {', '.join(unknown)}")
    print(f"{name}: as the operator's schema says")
