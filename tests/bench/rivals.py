"""`./submit.sh evaluate` on the sets of sets.py. Started by rivals.sh; prints a table for BENCHMARKS.md.

A cell is map@10 of the rival and, for each seed, whether the paired 95 % interval of the model's map@10 minus the rival's
lies above 0 (+), below it (-) or holds it (=). The intervals stand in WORK/rivals/NAME-SEED/run.json; a run that is
there is not made again.
"""
import json, os, subprocess, sys
import sets

SEEDS, WORK, RIVALS = (1, 2, 3), "target/bench", ["ease", "ease-recency", "transitions"]
TUNED_ALS = "als"  # its grid takes minutes: with the first seed alone, where order means nothing
ML100K = os.environ.get("ITEM2VEC_ML100K")
BY_TIME = ["-D", "input.order=timestamp"]
NOTEBOOK = ["--conf", "conf/ml-100k.conf"]

UNORDERED = {"ml-100k, file order, liked", "ml-100k, file order, rated", "filmtrust", "epinions", "depends"}

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


def evaluate(name, file, options, seed):
    baselines = ["popularity", *RIVALS] + ([TUNED_ALS] if seed == SEEDS[0] and name in UNORDERED else [])
    out = f"{WORK}/rivals/{name.replace(', ', '-').replace(' ', '-')}-{seed}"
    if not os.path.exists(f"{out}/run.json"):
        subprocess.run(
            ["./submit.sh", "evaluate", "--input", file, "--output", out, "--baselines", ",".join(baselines),
             "-D", f"training.seed={seed}", *options],
            check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(f"{out}/run.json") as file:
        return json.load(file)


def mean(values):
    return sum(values) / len(values)


def sign(run, rival):
    low, high = run["comparison"][rival]["modelMinusThis"]["interval"]
    return "+" if low > 0 else "-" if high < 0 else "="


def main(names):
    print("| set | users | items | item2vec | popularity | " + " | ".join([*RIVALS, TUNED_ALS]) + " | lags: 1st / 10th | transitions |")
    print("|---" * (8 + len(RIVALS)) + "|")
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
                 f"{mean([run['baselines']['popularity']['map@10'] for run in runs]):.4f}"]
        for rival in RIVALS:
            value = mean([run["baselines"][rival]["map@10"] for run in runs])
            cells.append(f"{value:.4f} {''.join(sign(run, rival) for run in runs)}")
        als = runs[0]["baselines"].get(TUNED_ALS)
        cells.append(f"{als['map@10']:.4f} {sign(runs[0], TUNED_ALS)}" if als else "")
        lags = [run["profile"]["lags"] for run in runs]
        cells.append(" ".join(f"{1 / lag['10-14']:.1f}" for lag in lags))
        cells.append(" ".join(f"{run['profile']['transitions']}" for run in runs))
        first = runs[0]["input"]
        print(f"| {name} | {first['users']:,} | {first['items']:,} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
