"""Wall and CPU seconds of whole commands, in rounds. Started by seconds.sh; prints a table for BENCHMARKS.md."""
import contextlib
import os
import pathlib
import resource
import socket
import statistics
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
INPUT = os.environ["ITEM2VEC_ML100K"]
ALL = "popularity,mllib-word2vec,als,ease,ease-recency,transitions"


def commands(home, redis, out):
    """By name the words behind submit.sh; session has none, it is not a command."""
    conf = ["--conf", home / "conf/ml-100k.conf", "--input", INPUT]
    here = ["--output", out, "--redis", redis]
    return {
        "session": None,
        "run": ["run", *conf, *here],
        "evaluate": ["evaluate", *conf, "--output", f"{out}-evaluate", "--baselines", ALL],
        "demo": ["demo", "--output", f"{out}-demo"],
        "show": ["show", "--user", "1", *here],
        "generations": ["generations", "--redis", redis],
        "version": ["--version"],
    }


def session(java_home, work):
    """Spark alone: the module options that it asks for, none of the flags that make this project's start faster."""
    lines = (HOME / "conf/jvm.options").read_text().splitlines()
    options = [line for line in lines if line.startswith(("--add-opens", "--enable", "-Djdk", "-Dio", "-XX:+Ignore"))]
    path = f"{work}/classes:{(HOME / 'target/spark.classpath').read_text()}"
    return [f"{java_home}/bin/java", *options, f"-Dlog4j2.configurationFile=file:{HOME}/conf/log4j2.properties", "-cp", path,
            "io.github.item2vec.bench.EmptySession"]


def timed(command, java_home, log):
    environment = {name: value for name, value in os.environ.items() if name not in ("SPARK_HOME", "ITEM2VEC_TERMINAL")}
    environment["JAVA_HOME"] = java_home
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    with open(log, "w") as said:
        code = subprocess.run(list(map(str, command)), env=environment, stdout=said, stderr=said).returncode
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {code}:\n{pathlib.Path(log).read_text()[-3000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextlib.contextmanager
def server(work):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(["redis-server", "--port", str(port), "--save", "", "--dir", work], stdout=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def main(work, names):
    trees = {"now": HOME} | ({"before": pathlib.Path(os.environ["BENCH_BEFORE"])} if "BENCH_BEFORE" in os.environ else {})
    default = os.environ.get("JAVA_HOME") or subprocess.run(
        ["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True
    ).stderr.split("java.home = ")[1].split("\n")[0]
    jdks = os.environ.get("BENCH_JAVA_HOMES", default).split(":")
    times = {}
    with server(work) as redis:
        for number in range(1 + int(os.environ.get("BENCH_ROUNDS", "5"))):  # round 0 fills caches, and show needs a run
            for java_home in jdks:
                for tree, home in trees.items():
                    for name, words in commands(home, redis, f"{work}/out-{tree}").items():
                        if names and name not in names or words is None and tree != "now":
                            continue
                        command = session(java_home, work) if words is None else [home / "submit.sh", *words]
                        seconds = timed(command, java_home, f"{work}/{name}.log")
                        print(number, java_home, tree, name, "%.1f %.1f" % seconds, file=sys.stderr, flush=True)
                        if number > 0:
                            times.setdefault((java_home, tree, name), []).append(seconds)
    print("| JDK | build | command | wall s, median (least - most) | of the empty session | CPU s, median |\n|---|---|---|---|---|---|")
    for (java_home, tree, name), taken in times.items():
        wall, cpu = zip(*taken)
        empty = times.get((java_home, "now", "session"))
        ratio = f"{statistics.median(wall) / statistics.median(w for w, _ in empty):.2f}" if empty else ""
        print(f"| {pathlib.Path(java_home).name} | {tree} | {name} | {statistics.median(wall):.1f} ({min(wall):.1f} - {max(wall):.1f}) | "
              f"{ratio} | {statistics.median(cpu):.1f} |")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
