"""Started by growth.sh: runs the job on ROWS ... generated ratings and prints how its stages grow."""
import json, math, os, resource, shlex, shutil, socket, subprocess, sys, time

WORK, ITEMS, ROWS_A_USER = "target/bench", 200_000, 50
HEAP = os.environ.get("BENCH_HEAP", "6g")
OPTIONS = ["-D", "publish.layout=bucketed", "-D", "training.max-iter=2",
           *shlex.split(os.environ.get("BENCH_OPTIONS", ""))]
STAGES = ["read", "split", "train", "recommend", "evaluate", "baselines", "report", "save", "publish"]


def ratings(rows):
    directory = f"{WORK}/planted-{rows // ROWS_A_USER}-{ITEMS}-{rows}"
    if not os.path.exists(f"{directory}/_SUCCESS"):
        submit("generate", "--output", directory, "--rows", rows, "--users", rows // ROWS_A_USER, "--items", ITEMS)
    return directory


def submit(*command):
    """Seconds and the peak resident memory, MB."""
    started = time.monotonic()
    with open(f"{WORK}/growth-{command[0]}.log", "w") as log:
        process = subprocess.Popen(["./submit.sh", *map(str, command), "--driver-memory", HEAP], stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed, see {log.name}")
    return time.monotonic() - started, used.ru_maxrss / 1024


def redis_server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return port, subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--hash-max-listpack-value", "256"],
        stdout=subprocess.DEVNULL)


def run(rows):
    port, server = redis_server()
    output = f"{WORK}/growth-out"
    shutil.rmtree(output, ignore_errors=True)
    try:
        seconds, peak = submit("run", "--input", ratings(rows), "--output", output, "--redis", f"127.0.0.1:{port}", *OPTIONS)
    finally:
        server.terminate()
        server.wait()
    with open(f"{output}/run.json") as file:
        manifest = json.load(file)
    return {"rows": rows, "whole run": seconds, "peak": peak, **{stage: manifest["timings"][stage] for stage in STAGES}}


def exponent(runs, stage):
    """The slope of log(seconds) over log(rows), from the second run on: the first is start-up for the most part."""
    points = [(math.log(run["rows"]), math.log(run[stage])) for run in runs[1:]]
    x, y = (sum(values) / len(points) for values in zip(*points))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


runs = []
for rows in map(int, sys.argv[1:]):
    runs.append(run(rows))
    print(json.dumps(runs[-1]), flush=True)
print("\n| rows | users | " + " | ".join(f"{stage}, s" for stage in STAGES) + " | whole run, s | peak MB |")
print("|---" * (len(STAGES) + 4) + "|")
for r in runs:
    print(f"| {r['rows']:,} | {r['rows'] // ROWS_A_USER:,} | " + " | ".join(f"{r[stage]:.1f}" for stage in STAGES)
          + f" | {r['whole run']:.0f} | {r['peak']:,.0f} |")
if len(runs) > 2:
    print("| exponent | | " + " | ".join(f"{exponent(runs, stage):.2f}" for stage in STAGES)
          + f" | {exponent(runs, 'whole run'):.2f} | |")
