#!/usr/bin/env python3
"""Runs one topic of the benchmark on both sides and prints its table as Markdown.

Each side is a process of its own (gensim_trainings.py; TimedTrainings in Java), so that its peak memory is its own.
The JVM's runs are given as fit() sees them: counting the vocabulary, Spark's stages and collecting the model included.
"""
import collections
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
WORK = HOME / "target/bench"
SEEDS = (1, 2, 3)
GENSIM_NAMES = {"vectorSize": "vector_size", "windowSize": "window", "nsExponent": "ns_exponent",
                "minCount": "min_count", "maxIter": "epochs"}
TRIAL_1 = {"vectorSize": 64, "windowSize": 5, "negative": 16, "nsExponent": -0.1403872646315225, "minCount": 3}
Rows = collections.namedtuple("Rows", "path min_rating held_out")


def run(command):
    """The JSON lines that a process prints, and its peak resident memory in MB."""
    log = WORK / "stderr.log"
    with open(log, "w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=HOME)
        lines = [json.loads(line) for line in process.stdout if line.startswith("{")]
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed, see {log}")
    return lines, usage.ru_maxrss / 1024


def gensim(rows, trainings):
    arguments = []
    for training in trainings:
        params = {GENSIM_NAMES.get(name, name): value for name, value in training.items()}
        params["sg"] = int(params.pop("architecture", "skip-gram") == "skip-gram")
        arguments.append(json.dumps(params))
    script = HOME / "tests/bench/gensim_trainings.py"
    return run([sys.executable, str(script), str(rows.path), str(rows.min_rating), str(rows.held_out), *arguments])


def jvm(rows, threads, trainings, trainer="item2vec", memory="2g", cores=None):
    java = f"{os.environ['JAVA_HOME']}/bin/java" if "JAVA_HOME" in os.environ else "java"
    classes = f"{HOME}/target/test-classes:{HOME}/target/classes:{(HOME / 'target/spark.classpath').read_text().strip()}"
    kind = {"architecture": "skip-gram"} if trainer == "item2vec" else {}  # gensim's, unless the training says otherwise
    lines = [",".join(f"{name}={value}" for name, value in {"trainer": trainer, **kind, **t}.items()) for t in trainings]
    pinned = ["taskset", "--cpu-list", cores] if cores else []
    return run([*pinned, java, f"@{HOME}/conf/jvm.options", f"-Xmx{memory}", "-cp", classes,
                "io.github.item2vec.bench.TimedTrainings", f"local[{threads}]",
                str(rows.path), str(rows.min_rating), str(rows.held_out), *lines])


def table(heads, lines):
    print("| " + " | ".join(map(str, heads)) + " |\n|" + "---|" * len(heads))
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |")
    print(flush=True)


def mean(runs, key):
    return statistics.mean(run[key] for run in runs)


def movielens():
    path = os.environ.get("ITEM2VEC_ML100K")
    if not path:
        sys.exit("skipped: ITEM2VEC_ML100K does not name MovieLens' u.data")
    return Rows(path, 4, 3)


def speed():
    """Notebook's trial 1, 50 epochs; MLlib at the same vector size and window by 10 epochs, alike."""
    rows = movielens()
    training = {**TRIAL_1, "maxIter": 50}
    lines = []
    best = None
    for workers in (1, 2, 3):
        runs, memory = gensim(rows, [{**training, "seed": seed, "workers": workers} for seed in SEEDS])
        seconds = mean(runs, "seconds")
        best = min(best or seconds, seconds)
        lines.append((f"gensim, {workers} workers", seconds, seconds, mean(runs, "map@10"), memory))
    for threads in (1, 2):
        runs, memory = jvm(rows, threads, [{**training, "seed": seed} for seed in SEEDS])
        warm = mean(runs[1:], "seconds")
        lines.append((f"item2vec-spark, {threads} threads", runs[0]["seconds"], warm, mean(runs, "map@10"), memory))
    print("## speed: notebook's trial 1 on ml-100k, 50 epochs\n")
    table(["", "first fit in its process, s", "later fits, s", "gensim's best / first", "gensim's best / later",
           "map@10", "peak MB"],
          [(name, f"{cold:.2f}", f"{warm:.2f}", f"{best / cold:.1f}x", f"{best / warm:.1f}x", f"{quality:.4f}",
            f"{memory:.0f}") for name, cold, warm, quality, memory in lines])
    epochs = []
    for trainer in ("mllib", "item2vec"):
        fit = {"vectorSize": 64, "windowSize": 5, "minCount": 3}
        runs, _ = jvm(rows, 2, [{**fit, "maxIter": n, "seed": seed} for seed in SEEDS for n in (10, 50)], trainer)
        by_length = [mean(runs[2 + i::2], "seconds") for i in (0, 1)]
        epochs.append((by_length[1] - by_length[0]) / 40)
    print("An epoch at vectorSize 64, windowSize 5, both trainers' other defaults, local[2]: (fit of 50 - fit of 10) / 40\n")
    table(["", "s per epoch", "MLlib / ours"],
          [(name, f"{s:.3f}", f"{epochs[0] / s:.1f}x") for name, s in zip(("Spark's Word2Vec", "item2vec-spark"), epochs)])


def large():
    """Generated rows, vectorSize 128, negative 5, one epoch more or less."""
    users, items, count = (int(os.environ.get(f"BENCH_{name}", size))
                           for name, size in (("USERS", 200_000), ("ITEMS", 100_000), ("ROWS", 10_000_000)))
    path = WORK / f"planted-{users}-{items}-{count}"
    if not (path / "_SUCCESS").exists():
        subprocess.run([HOME / "submit.sh", "generate", "--output", path, "--users", str(users), "--items", str(items),
                        "--rows", str(count)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rows = Rows(path, 0, 0)
    training = {"vectorSize": 128, "windowSize": 5, "negative": 5, "nsExponent": 0.75, "minCount": 3, "seed": 1}
    peak = {n: sgemm_peak(n) for n in (1, 2)}
    lines = []
    best = None
    for workers in (1, 2, 3):
        runs, memory = gensim(rows, [{**training, "maxIter": 1, "workers": workers}])
        best = min(best or runs[0]["seconds"], runs[0]["seconds"])
        lines.append((f"gensim, {workers} workers", runs[0], min(workers, 2), memory))
    pairs = runs[0]["pairs"]
    for threads, cores in ((1, "0"), (1, "0,1"), (2, "0,1")):  # on one core, compiler and collector have no other
        runs, memory = jvm(rows, threads, [{**training, "maxIter": 1}], memory="8g", cores=cores)
        lines.append((f"item2vec-spark, {threads} threads on cores {cores}", runs[0], threads, memory))
    flop = pairs * (1 + training["negative"]) * training["vectorSize"] * 6
    print(f"## large: {users:,} users x {items:,} items, {count:,} rows, vectorSize 128, negative 5, one epoch\n")
    print(f"{pairs:,.0f} pairs per epoch by expectation; peak is numpy's sgemm: {peak[1]:.0f} GFLOP/s on one thread, "
          f"{peak[2]:.0f} on two\n")
    table(["", "fit, s", "interactions/s", "to gensim's best", "GFLOP/s", "of peak", "peak MB"],
          [(name, f"{r['seconds']:.1f}", f"{count / r['seconds']:,.0f}", f"{best / r['seconds']:.2f}x",
            f"{flop / r['seconds'] / 1e9:.1f}", f"{flop / r['seconds'] / 1e9 / peak[n]:.0%}", f"{memory:.0f}")
           for name, r, n, memory in lines])


def sgemm_peak(threads):
    """GFLOP/s of large float matrix products: what fused multiply-adds reach here."""
    code = ("import numpy as n, time\na = n.ones((2048, 2048), n.float32); a @ a; best = 9\n"
            "for _ in range(5):\n  t = time.perf_counter(); a @ a; best = min(best, time.perf_counter() - t)\n"
            "print(2 * 2048 ** 3 / best / 1e9)")
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": str(threads)}
    return float(subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout)


def parity():
    rows = movielens()
    settings = [(a, 5, ns) for a in ("skip-gram", "cbow") for ns in (-0.5, 0, 0.75)]
    settings += [("skip-gram", 2, 0), ("cbow", 10, 0)]
    trainings = [{**TRIAL_1, "architecture": a, "windowSize": window, "nsExponent": ns, "maxIter": 10, "seed": seed}
                 for a, window, ns in settings for seed in SEEDS]
    theirs, _ = gensim(rows, [{**t, "workers": 1} for t in trainings])
    ours, _ = jvm(rows, 2, trainings)
    print("## parity: notebook's protocol on ml-100k, 10 epochs, means (least - most) of 3 seeds, map@10\n")
    lines = []
    for i, (architecture, window, ns) in enumerate(settings):
        sides = [[run["map@10"] for run in runs[3 * i:3 * i + 3]] for runs in (theirs, ours)]
        means = [statistics.mean(side) for side in sides]
        cells = [f"{m:.4f} ({min(s):.4f} - {max(s):.4f})" for m, s in zip(means, sides)]
        lines.append((architecture, window, ns, *cells, f"{means[1] - means[0]:+.4f}"))
    table(["architecture", "window", "nsExponent", "gensim", "item2vec-spark", "difference"], lines)


def partitions():
    rows = movielens()
    counts = (1, 2, 4, 8)
    seeds = range(1, 9)  # one seed differs from the next by more than the partitions do
    ours, _ = jvm(rows, 2, [{**TRIAL_1, "maxIter": 50, "numPartitions": n, "seed": seed} for n in counts for seed in seeds])
    mllib = {"vectorSize": 64, "windowSize": 5, "minCount": 3, "maxIter": 20}
    theirs, _ = jvm(rows, 2, [{**mllib, "numPartitions": n, "seed": seed} for n in counts for seed in SEEDS], "mllib")
    print("## partitions: map@10 by numPartitions on ml-100k\n")
    table(["", *counts],
          [(name, *(f"{mean(runs[i * len(runs) // 4:(i + 1) * len(runs) // 4], 'map@10'):.4f}" for i in range(4)))
           for name, runs in (("item2vec-spark, trial 1, 50 epochs, 8 seeds", ours),
                              ("Spark's Word2Vec, 20 epochs, 3 seeds", theirs))])


if __name__ == "__main__":
    start = time.time()
    {"speed": speed, "large": large, "parity": parity, "partitions": partitions}[sys.argv[1]]()
    print(f"<!-- {sys.argv[1]}: {time.time() - start:.0f} s -->", flush=True)
