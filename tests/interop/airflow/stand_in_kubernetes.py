"""As much of a Kubernetes API server, and of the Spark operator behind it, as Airflow's SparkKubernetesOperator asks for: PORT [SETTING...].

It stands in for a cluster where there is none. Pods are made up; a SparkApplication's driver is a real spark-submit in local mode
with the application's class, jar, arguments, settings (and those SETTINGs of Spark) and secrets. KUBERNETES_SECRETS in the environment
is JSON: {secret: {key: value}}. What it was asked goes to standard output, a line per change."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRETS = json.loads(os.environ.pop("KUBERNETES_SECRETS"))
CONTAINER = "spark-kubernetes-driver"
APPLICATIONS = "/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications"
PODS = "/api/v1/namespaces/default/pods"


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Driver:
    """A SparkApplication and the pod of its driver."""

    def __init__(self, body):
        self.body = body
        self.spec = body["spec"]
        self.labels = {**self.spec["driver"].get("labels", {}), "spark-role": "driver"}
        self.created = now()
        self.log = tempfile.TemporaryFile()
        refs = self.spec["driver"]["envSecretKeyRefs"]
        secrets = {name: SECRETS[ref["name"]][ref["key"]] for name, ref in refs.items()}
        settings = [f"{key}={value}" for key, value in self.spec["sparkConf"].items()] + sys.argv[2:]
        self.process = subprocess.Popen(
            ["spark-submit", "--master", "local[2]", "--class", self.spec["mainClass"],
             *(word for setting in settings for word in ("--conf", setting)), self.spec["mainApplicationFile"], *self.spec["arguments"]],
            env={**os.environ, **secrets}, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
        )

    def pod(self):
        code = self.process.poll()
        if code is None:
            phase, state = "Running", {"running": {"startedAt": self.created}}
        else:
            phase = "Failed" if code else "Succeeded"
            state = {"terminated": {"exitCode": code, "reason": "Error" if code else "Completed", "finishedAt": now()}}
        status = {"name": CONTAINER, "ready": code is None, "restartCount": 0, "image": "i", "imageID": "i", "state": state}
        return {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": self.body["metadata"]["name"] + "-driver", "namespace": "default", "labels": self.labels,
                         "creationTimestamp": self.created},
            "spec": {"containers": [{"name": CONTAINER}]},
            "status": {"phase": phase, "containerStatuses": [status], "startTime": self.created},
        }

    def text(self):
        self.log.seek(0)
        return self.log.read()


drivers = {}


def chosen(labels, selector):
    """Whether labels are as a selector says: a=b, a!=b, !a."""
    for term in filter(None, selector.split(",")):
        if term.startswith("!"):
            fits = term[1:] not in labels
        elif "!=" in term:
            key, value = term.split("!=")
            fits = labels.get(key) != value
        else:
            key, value = term.split("=", 1)
            fits = labels.get(key) == value
        if not fits:
            return False
    return True


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or b"null")

    def answer(self, answer, code=200, kind="application/json"):
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def missing(self):
        self.answer({"kind": "Status", "status": "Failure", "reason": "NotFound", "code": 404}, 404)

    def do_GET(self):
        url = urlsplit(self.path)
        path, query = url.path, parse_qs(url.query)
        if path == PODS:
            pods = [driver.pod() for driver in drivers.values()]
            selector = query.get("labelSelector", [""])[0]
            phases = [term.split("!=")[1] for term in query.get("fieldSelector", [""])[0].split(",") if term.startswith("status.phase!=")]
            found = [p for p in pods if chosen(p["metadata"]["labels"], selector) and p["status"]["phase"] not in phases]
            return self.answer({"apiVersion": "v1", "kind": "PodList", "metadata": {}, "items": found})
        if "/events" in path:
            return self.answer({"apiVersion": "v1", "kind": "EventList", "metadata": {"resourceVersion": "1"}, "items": []})
        name = path.removeprefix(APPLICATIONS).removeprefix(PODS).strip("/").split("/")
        driver = drivers.get(name[0].removesuffix("-driver"))
        if driver is None:
            return self.missing()
        if path.startswith(APPLICATIONS):
            return self.answer({**driver.body, "status": {"applicationState": {"state": "RUNNING"}}})
        if name[1:] == ["log"]:
            return self.answer(driver.text(), kind="text/plain")
        return self.answer(driver.pod())

    def do_POST(self):
        if urlsplit(self.path).path != APPLICATIONS:
            return self.missing()
        body = self.body()
        name = body["metadata"]["name"]
        drivers[name] = Driver(body)
        print("created", name, *body["spec"]["arguments"], flush=True)
        self.answer(body, 201)

    def do_PATCH(self):
        driver = drivers.get(urlsplit(self.path).path.removeprefix(PODS).strip("/").removesuffix("-driver"))
        if driver is None:
            return self.missing()
        driver.labels.update(self.body()["metadata"]["labels"])
        self.answer(driver.pod())

    def do_DELETE(self):
        self.body()
        name = urlsplit(self.path).path.removeprefix(APPLICATIONS).strip("/")
        driver = drivers.pop(name, None)
        if driver is None:
            return self.missing()
        print("deleted", name, "exit code", driver.process.poll(), flush=True)
        driver.process.kill()
        self.answer({"kind": "Status", "status": "Success"})


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Api).serve_forever()
