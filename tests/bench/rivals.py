"""`./submit.sh evaluate` on the sets of sets.py. Started by rivals.sh; prints a table for BENCHMARKS.md.

The model's map@10 is the mean of three seeds. Rivals are measured next to the first seed: their map@10 and the paired 95 %
interval of the model's minus theirs. EASE with recency and transitions look at order, MLlib's ALS (slow to tune) does not.
A run that has succeeded is not made again.
"""
import json, os, subprocess, sys
import sets

SEEDS, WORK = (1, 2, 3), "target/bench"
RIVALS = ["ease", "ease-recency", "transitions", "als"]
ORDERED, UNORDERED = ["popularity", "ease", "ease-recency", "transitions"], ["popularity", "ease", "als"]
ML100K = os.environ.get("ITEM2VEC_ML100K")
BY_TIME = ["-D", "input.order=timestamp"]
NOTEBOOK = ["--conf", "conf/ml-100k.conf"]

NO_ORDER = {"ml-100k, file order, liked", "ml-100k, file order, rated", "filmtrust", "epinions", "depends"}

# name: set, options
RUNS = {
    "ml-100k, file order, liked": ("ml100k", [*NOTEBOOK]),
    "ml-100k, file order, rated": ("ml100k", [*NOTEBOOK, "-D", "recommend.leave-out=rated"]),
    "ml-100k, by time, liked": ("ml100k", [*BY_TIME, "-D", "recommend.leave-out=liked"]),
    "ml-100k, by time, rated": ("ml100k", BY_TIME),
    "ml-100k, global-time": ("ml100k", [*BY_TIME, "-D", "split.by=global-time"]),
    "filmtrust": ("filmtrust", [*BY_TIME, "-D", "input.min-rating=3"]),
    "epinions": ("epinions", BY_TIME),
    "gcc": ("gcc", BY_TIME),
    "glibc": ("glibc", BY_TIME),
    "depends": ("depends", BY_TIME),
    "drift": ("drift", BY_TIME),
}


def succeeded(out):
    try:
        with open(f"{out}/run.json") as file:
            return json.load(file)["status"] == "SUCCEEDED"
    except FileNotFoundError:
        return False


def evaluate(name, file, options, seed):
    baselines = UNORDERED if name in NO_ORDER else ORDERED
    out = f"{WORK}/rivals/{name.replace(', ', '-').replace(' ', '-')}-{seed}"
    if not succeeded(out):
        subprocess.run(
            ["./submit.sh", "evaluate", "--input", file, "--output", out, "--baselines", ",".join(baselines if seed == SEEDS[0] else ["popularity"]),
             "-D", f"training.seed={seed}", *options],
            check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(f"{out}/run.json") as file:
        return json.load(file)


def mean(values):
    return sum(values) / len(values)


def rival(run, name):
    if name not in run["baselines"]:
        return ""
    low, high = run["comparison"][name]["modelMinusThis"]["interval"]
    return f"{run['baselines'][name]['map@10']:.4f} ({low:+.4f} to {high:+.4f})"


def main(names):
    print("| set | users | items | item2vec | popularity | " + " | ".join(RIVALS) + " | last item / tenth | transitions |")
    print("|---" * (7 + len(RIVALS)) + "|")
    for name, (data, options) in RUNS.items():
        if names and name not in names and data not in names:
            continue
        if data == "ml100k" and not ML100K:
            print("ml-100k skipped: ITEM2VEC_ML100K does not name u.data", file=sys.stderr)
            continue
        file = ML100K if data == "ml100k" else sets.path(WORK, data)
        runs = [evaluate(name, file, options, seed) for seed in SEEDS]
        maps = [run["metrics"]["map@10"] for run in runs]
        cells = [f"{mean(maps):.4f} ({min(maps):.4f} - {max(maps):.4f})",
                 f"{runs[0]['baselines']['popularity']['map@10']:.4f}"]
        cells += [rival(runs[0], name) for name in RIVALS]
        lags = [run["profile"]["lags"] for run in runs]
        cells.append(" ".join(f"{1 / lag['10-14']:.1f}" for lag in lags))
        cells.append(" ".join(f"{run['profile']['transitions']}" for run in runs))
        first = runs[0]["input"]
        print(f"| {name} | {first['users']:,} | {first['items']:,} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
