"""Compares what runs have left on HDFS: same_output.py WEB_ADDRESS DIRECTORY DIRECTORY...

Each run.json says SUCCEEDED with the same counts and metrics, and model/data and recommendations hold the same bytes,
file by file in the order of their names' part numbers. Footers are left out: Parquet lists a column's encodings there in the
order of a hash set, which differs from one JVM to the next.
"""
import hashlib
import json
import sys
import urllib.request


def get(web, path, operation):
    with urllib.request.urlopen(f"http://{web}/webhdfs/v1{path}?op={operation}") as answer:
        return answer.read()


def digest(web, directory):
    found = hashlib.sha256()
    files = json.loads(get(web, directory, "LISTSTATUS"))["FileStatuses"]["FileStatus"]
    names = sorted(file["pathSuffix"] for file in files if file["pathSuffix"].endswith(".parquet"))
    assert names, f"no Parquet files in {directory}"
    for name in names:
        content = get(web, f"{directory}/{name}", "OPEN")
        footer = int.from_bytes(content[-8:-4], "little")
        found.update(content[: len(content) - 8 - footer])
    return f"{len(names)} files {found.hexdigest()}"


def facts(web, output):
    run = json.loads(get(web, f"{output}/run.json", "OPEN"))
    assert run["status"] == "SUCCEEDED", f"{output}: {run['status']} {run.get('error')}"
    told = {key: run[key] for key in ("seed", "split", "metrics", "baselines", "params", "users")}
    told["input"] = {key: value for key, value in run["input"].items() if key != "path"}
    told["published"] = {key: run["publish"].get(key) for key in ("users", "items")}
    for part in ("model/data", "recommendations"):
        told[part] = digest(web, f"{output}/{part}")
    return told


web, first, *others = sys.argv[1:]
expected = facts(web, first)
for other in others:
    found = facts(web, other)
    for key, value in expected.items():
        assert found[key] == value, f"{other}: {key} is {found[key]}, in {first} {value}"
    print(f"{other} = {first}: {found['recommendations']}, map@10 {found['metrics']['map@10']:.4f}")
