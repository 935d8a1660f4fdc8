"""The tuner beside Optuna 5.0.0. Started by tune.sh; prints tables for BENCHMARKS.md.

functions: 5 standard functions, 20 seeds, 100 trials: the best value of our TPE, of Optuna's TPESampler and of random search.
notebook:  the reference notebook's study on ml-100k, tuned on test as the notebook does, 100 trials of 10 epochs: ours, a
           whole process on all cores, the retraining of the best and the defaults included. One study for each word of
           BENCH_OPTIONS (tuning.pruner=none training.step-size=0 tuning.pruner=median).
gensim:    the same with Optuna + gensim, with as many workers as there are cores; the reading of the file and the trials.
honest:    our own space, tuned on validation; the test part read once.
"""
import csv, datetime, json, math, os, subprocess, sys, time
import numpy
import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

WORK = "target/bench"
CORES = len(os.sched_getaffinity(0))
TRIALS, SEEDS = 100, 20
HARTMANN = {
    "alpha": [1.0, 1.2, 3.0, 3.2],
    "a": [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]],
    "p": [[0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
          [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]],
}
SPECS = {
    "sphere": {"bounds": [[-5, 5]] * 5},
    "rosenbrock": {"bounds": [[-2, 2]] * 2},
    "branin": {"bounds": [[-5, 10], [0, 15]]},
    "ackley": {"bounds": [[-32.768, 32.768]] * 5},
    "hartmann6": {"bounds": [[0, 1]] * 6, **HARTMANN},
}


def hartmann6(x):
    inner = (numpy.array(HARTMANN["a"]) * (x - numpy.array(HARTMANN["p"])) ** 2).sum(1)
    return float(-(numpy.array(HARTMANN["alpha"]) * numpy.exp(-inner)).sum())


FUNCTIONS = {
    "sphere": lambda x: float((x**2).sum()),
    "rosenbrock": lambda x: float((100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()),
    "branin": lambda x: (x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6) ** 2
    + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10,
    "ackley": lambda x: float(-20 * math.exp(-0.2 * math.sqrt((x**2).mean())) - math.exp(numpy.cos(2 * math.pi * x).mean())
                              + 20 + math.e),
    "hartmann6": hartmann6,
}


def optunas_best(function, seed):
    bounds = SPECS[function]["bounds"]
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(lambda trial: FUNCTIONS[function](
        numpy.array([trial.suggest_float(f"x{d}", *bound) for d, bound in enumerate(bounds)])), n_trials=TRIALS)
    return study.best_value


def our_bests():
    with open(f"{WORK}/functions.json", "w") as out:
        json.dump(SPECS, out)
    with open("target/spark.classpath") as file:
        classpath = f"target/test-classes:target/item2vec-spark.jar:{file.read()}"
    found = subprocess.run(
        ["java", "-Xmx1g", "-cp", classpath, "io.github.item2vec.bench.TunedFunctions", f"{WORK}/functions.json",
         str(TRIALS), str(SEEDS), "1"], check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    return {(r["function"], r["sampler"], r["seed"]): r["best"] for r in rows}


def interval(differences):
    """The median and the 95 % percentile bootstrap of it."""
    rng = numpy.random.default_rng(1)
    medians = numpy.median(rng.choice(differences, (10000, len(differences))), axis=1)
    return numpy.median(differences), *numpy.quantile(medians, [0.025, 0.975])


def functions():
    ours = our_bests()
    print("| function | ours, median best | Optuna | random | ours - Optuna, median (95 % interval) | ours - random |")
    print("|---|---|---|---|---|---|")
    for function in SPECS:
        tpe, rand = ([ours[function, sampler, seed] for seed in range(SEEDS)] for sampler in ("tpe", "random"))
        theirs = [optunas_best(function, seed) for seed in range(SEEDS)]
        cells = ["%+.3g (%+.3g to %+.3g)" % interval(numpy.subtract(tpe, other)) for other in (theirs, rand)]
        print(f"| {function} | {numpy.median(tpe):.3g} | {numpy.median(theirs):.3g} | {numpy.median(rand):.3g} | "
              f"{cells[0]} | {cells[1]} |", flush=True)


def our_study(name, *options):
    out = f"{WORK}/study-{name}"
    subprocess.run(["rm", "-rf", out], check=True)
    start = time.perf_counter()
    subprocess.run(["./submit.sh", "tune", "--input", os.environ["ITEM2VEC_ML100K"], "--output", out, *options],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    with open(f"{out}/run.json") as file:
        run = json.load(file)
    with open(f"{out}/study/trials.csv") as file:
        trials = list(csv.DictReader(file))
    first, last = (datetime.datetime.fromisoformat(of(trial[f"datetime_{when}"] for trial in trials).replace("Z", "+00:00"))
                   for of, when in ((min, "start"), (max, "complete")))
    return seconds, (last - first).total_seconds(), run


def gensims_study(seed):
    start = time.perf_counter()
    from accuracy import K, sequences
    from gensim.models import Word2Vec

    data = sequences(os.environ["ITEM2VEC_ML100K"], 4)

    def objective(trial):
        model = Word2Vec(
            [train for train, _ in data], workers=CORES, epochs=10, hs=0, seed=42,
            sg=trial.suggest_categorical("sg", [0, 1]), window=trial.suggest_int("window", 1, 10),
            ns_exponent=trial.suggest_float("ns_exponent", -3, 3), negative=trial.suggest_int("negative", 3, 20),
            min_count=trial.suggest_int("min_count", 0, 20),
            vector_size=trial.suggest_categorical("vector_size", [16, 32, 64, 128]))
        total = 0.0
        for train, test in data:
            predicted = model.predict_output_word(train, topn=K + len(train)) if train else None
            ranked = [item for item, _ in predicted or [] if item not in set(train)][:K]
            hits = 0
            for rank, item in enumerate(ranked, 1):
                if item in test:
                    hits += 1
                    total += hits / rank / K
        return total / len(data)

    journal = f"{WORK}/gensim-{seed}.log"
    subprocess.run(["rm", "-f", journal], check=True)
    study = optuna.create_study(study_name="gensim", direction="maximize", storage=JournalStorage(JournalFileBackend(journal)),
                                sampler=optuna.samplers.TPESampler(seed=seed, multivariate=False))  # as the notebook's
    study.optimize(objective, n_trials=TRIALS)
    return time.perf_counter() - start, study


def notebook(seed):
    """The study as shipped, every trial to its end; with gensim's step size; and with bad trials stopped early."""
    studies = []
    for option in os.environ.get("BENCH_OPTIONS", "tuning.pruner=none training.step-size=0 tuning.pruner=median").split():
        seconds, trials, run = our_study("notebook", "--conf", "conf/search-space.conf", "-D", "tuning.on=test", "-D",
                                         f"tuning.seed={seed}", "-D", option)
        best = run["tuning"]["best"]
        row = f"| item2vec-spark, {option} | {seconds:.0f} | {trials:.0f} | {best['value']:.4f} | {best['params']} |"
        print(row, flush=True)
        studies.append({"seconds": seconds, "trials": trials, "row": row})
    with open(f"{WORK}/notebook-{seed}.json", "w") as out:
        json.dump(studies, out)


def gensim(seed):
    seconds, study = gensims_study(seed)
    trials = sum(trial.duration.total_seconds() for trial in study.trials)
    with open(f"{WORK}/notebook-{seed}.json") as file:
        ours = json.load(file)
    print("| | whole study, s | its trials, s | best map@10 of 100 trials | with |\n|---|---|---|---|---|")
    for study_of_ours in ours:
        print(study_of_ours["row"])
    print(f"| Optuna + gensim, {CORES} workers | {seconds:.0f} | {trials:.0f} | {study.best_value:.4f} | {study.best_params} |")
    print("\nTimes as fast: " + ", ".join(f"{seconds / o['seconds']:.1f} (the trials {trials / o['trials']:.1f})" for o in ours),
          flush=True)


def honest(seed):
    seconds, _, run = our_study("honest", "-D", f"tuning.seed={seed}", "-D", "input.order=file", "-D",
                             "recommend.cold-users=skip")
    tuning, gain = run["tuning"], run["tuning"]["gainOnTest"]
    print("| | validation map@10 | test map@10 | test hitrate@10 |\n|---|---|---|---|")
    for name, value, metrics in (("defaults", tuning["default"]["value"], run["baselines"]["defaults"]),
                                 ("best", tuning["best"]["value"], run["metrics"])):
        print(f"| {name} | {value:.4f} | {metrics['map@10']:.4f} | {metrics['hitrate@10']:.3f} |")
    print(f"\nGain on test {gain['mean']:+.4f} ({gain['interval'][0]:+.4f} to {gain['interval'][1]:+.4f}); {tuning['trials']} trials, "
          f"{tuning.get('pruned', 0)} pruned, {seconds:.0f} s; {tuning['best']['params']}")


if __name__ == "__main__":
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    seed = int(os.environ.get("BENCH_SEED", "1"))
    for topic in sys.argv[1:]:
        print(f"\n## tune: {topic}\n", flush=True)
        functions() if topic == "functions" else {"notebook": notebook, "gensim": gensim, "honest": honest}[topic](seed)
