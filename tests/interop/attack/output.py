"""An output that a second run takes over from one that stands still in its save stage and goes on later: the second run's result
stays whole, and the first one says that it lost. Usage: output.py WORK_DIRECTORY (the rest by the environment)"""
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.dataset

from servers import until

LEASE = "2s"


def command(work, name, *arguments):
    """Starts a command of the job; what it says is in its log."""
    java = os.environ["ATTACK_JAVA"].split("\n")
    log = open(work / f"{name}.log", "wb")
    settings = [f"-Dspark.hadoop.item2vec.output.lease={LEASE}", "-Dspark.master=local[2]", "-Dspark.ui.enabled=false",
                "-Dspark.sql.shuffle.partitions=4"]
    return subprocess.Popen([java[0], *settings, *java[1:], "io.github.item2vec.Main", *arguments], stdout=log, stderr=log)


def main(work):
    rng = random.Random(int(os.environ.get("ATTACK_SEED", 1)))
    work = Path(work)
    ratings, output = work / "ratings", work / "output"
    assert command(work, "generate", "generate", "--output", str(ratings), "--users", "2000", "--items", "200", "--rows",
                   "40000").wait(300) == 0
    job = ["run", "--input", str(ratings), "--output", str(output), "--redis", "none", "-D", "training.max-iter=1", "--run-id"]
    first = command(work, "first", *job, "first")
    log = work / "first.log"
    until(300, "the first run's save stage", lambda: " save  " in log.read_text() or first.poll() is not None)
    time.sleep(rng.uniform(0, 0.3))
    first.send_signal(signal.SIGSTOP)
    second = command(work, "second", *job, "second")
    if rng.random() < 0.5:
        assert second.wait(300) == 0, (work / "second.log").read_text()[-2000:]
    else:
        time.sleep(rng.uniform(3, 20))
    first.send_signal(signal.SIGCONT)
    codes = first.wait(300), second.wait(300)
    run = json.loads((output / "run.json").read_text())
    users = pyarrow.dataset.dataset(output / "recommendations").to_table(columns=["user"])["user"].to_pylist()
    winner = run["runId"]
    assert run["status"] == "SUCCEEDED" and len(users) == len(set(users)) > 0, (codes, run["status"], len(users), len(set(users)))
    assert codes[("first", "second").index(winner)] == 0 and sorted(codes)[1] != 0, codes
    print(f"output taken over: {winner} is in run.json, {len(users):,} users once each; exit codes {codes}")


if __name__ == "__main__":
    main(sys.argv[1])
