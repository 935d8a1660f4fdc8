#!/usr/bin/env python3
"""What Optuna's TPE makes of recorded histories: tests/resources/optuna/tpe.json, which TpeSamplerTest reads.

Usage: golden_tpe.py OUT.json     Needs optuna 5.0.0 (with_optuna.sh installs it).
Histories are made of random trials of all kinds of dimensions, with ties, pruned and running trials among them. NumPy's
default sort of ties differs between machines, so the one sort of the estimator is made stable here.
"""
import json
import math
import random
import sys
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import TPESampler
from optuna.samplers._tpe import _truncnorm, parzen_estimator, sampler as tpe
from optuna.trial import TrialState, create_trial

SPACE = {
    "a_int": IntDistribution(1, 10),
    "b_int_log": IntDistribution(1, 1000, log=True),
    "c_int_step": IntDistribution(0, 100, step=20),
    "d_float": FloatDistribution(-3.0, 3.0),
    "e_float_log": FloatDistribution(1e-5, 1e-1, log=True),
    "f_float_step": FloatDistribution(0.0, 1.0, step=0.25),
    "g_choice": CategoricalDistribution(["cbow", "skip-gram", "basket"]),
}
LENGTHS = (1, 2, 3, 11, 26, 60, 200)  # with all densities; every length up to 200 has split and scores
CANDIDATES = 24


class StableNumPy:
    """NumPy, but argsort keeps the order of equal values."""

    def __getattr__(self, name):
        return (lambda a: np.argsort(a, kind="stable")) if name == "argsort" else getattr(np, name)


def history(seed, length):
    rng = random.Random(seed)
    trials = []
    for number in range(length):
        params = {
            "a_int": rng.randint(1, 10),
            "b_int_log": int(round(10 ** rng.uniform(0, 3))),
            "c_int_step": 20 * rng.randint(0, 5),
            "d_float": rng.choice([-3.0, 3.0, 0.5]) if rng.random() < 0.1 else rng.uniform(-3, 3),
            "e_float_log": 10 ** rng.uniform(-5, -1),
            "f_float_step": 0.25 * rng.randint(0, 4),
            "g_choice": rng.choice(["cbow", "skip-gram", "basket"]),
        }
        state = rng.choices(["COMPLETE", "PRUNED", "FAIL", "RUNNING"], [80, 12, 4, 4])[0]
        value = round(rng.gauss(0, 1), 1) if state == "COMPLETE" else None  # rounded: ties
        steps = {} if state in ("FAIL", "RUNNING") else {s: round(rng.gauss(0, 1), 1) for s in range(1, rng.randint(1, 5))}
        trials.append({"state": state, "value": value, "params": params, "intermediate": steps})
    return trials


def study_of(trials, direction):
    study = optuna.create_study(direction=direction)
    for trial in trials:
        state = TrialState[trial["state"]]
        study.add_trial(
            create_trial(
                state=state,
                value=trial["value"],
                params=trial["params"],
                distributions=SPACE,
                intermediate_values=trial["intermediate"],
            )
        )
    return study


def split(study):
    states = (TrialState.COMPLETE, TrialState.PRUNED, TrialState.RUNNING)
    trials = study.get_trials(deepcopy=False, states=states)
    ended = sum(t.state != TrialState.RUNNING for t in trials)
    return tpe._split_trials(study, trials, tpe.default_gamma(ended))


def estimators(study, space):
    below, above = split(study)
    build = TPESampler(multivariate=True)._build_parzen_estimator
    return (
        build(study, space, below, handle_below=True),
        build(study, space, above, handle_below=False),
    )


def densities(estimator):
    mixture = estimator._mixture_distribution
    kernels = {}
    for name, d in zip(SPACE, mixture.distributions):
        kernels[name] = (
            {"probabilities": d.weights.tolist()}
            if name == "g_choice"
            else {"means": d.mu.tolist(), "widths": d.sigma.tolist()}
        )
    return {"weights": mixture.weights.tolist(), "kernels": kernels}


def scored(good, bad, samples):
    logl, logg = good.log_pdf(samples), bad.log_pdf(samples)
    points = [[float(samples[name][i]) for name in samples] for i in range(len(logl))]
    return {"points": points, "l": logl.tolist(), "g": logg.tolist(), "chosen": int(np.argmax(logl - logg))}


def case(trials, direction, full):
    study = study_of(trials, direction)
    below, above = split(study)
    good, bad = estimators(study, SPACE)
    rng = np.random.RandomState(len(trials))
    result = {
        "trials": len(trials),
        "direction": direction,
        "below": [t.number for t in below],
        "scores": scored(good, bad, good.sample(rng, CANDIDATES if full else 2)),
    }
    if full:
        result["good"], result["bad"] = densities(good), densities(bad)
        result["univariate"] = {}
        for name in SPACE:
            one_good, one_bad = estimators(study, {name: SPACE[name]})
            result["univariate"][name] = scored(one_good, one_bad, one_good.sample(rng, 3))
    return result


def quantiles():
    """Points of truncated standard normals, far tails among them."""
    rows = [(q, a, b) for a, b in [(-1, 1), (-8, 9), (-0.01, 0.01), (2, 5), (-40, -30), (30, 31), (-3, 40)]
            for q in (1e-9, 0.01, 0.3, 0.5, 0.999)]
    found = _truncnorm.ppf(*(np.array(column, dtype=float) for column in zip(*rows)))
    return [[*row, float(x)] for row, x in zip(rows, found)]


def short(value):
    """Fourteen digits are enough for 1e-9."""
    if isinstance(value, float) and math.isfinite(value):
        return float(f"{value:.14g}")
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items()}
    return [short(v) for v in value] if isinstance(value, list) else value


def main():
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    assert optuna.__version__ == "5.0.0", optuna.__version__
    parzen_estimator.np = StableNumPy()
    trials = history(20260101, 200)
    cases = [
        case(trials[:n], "maximize" if n % 2 else "minimize", n in LENGTHS) for n in range(1, 201)
    ]
    with open(sys.argv[1], "w") as out:
        out.write('{"optuna": "%s",\n"history": [\n' % optuna.__version__)
        out.write(",\n".join(json.dumps(t, separators=(",", ":")) for t in trials))
        out.write('],\n"cases": [\n')
        out.write(",\n".join(json.dumps({**c, **{k: short(c[k]) for k in c if k != "scores"}}, separators=(",", ":")) for c in cases))
        out.write('],\n"quantiles": %s}\n' % json.dumps(quantiles(), separators=(",", ":")))


if __name__ == "__main__":
    main()
