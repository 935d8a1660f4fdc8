#!/usr/bin/env python3
"""Optuna loads a study of ours and finds in it what trials.csv and run.json say.

Usage: load_study.py OUTPUT     Needs optuna, pandas, scikit-learn.
"""
import csv
import json
import math
import sys

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

SPACE = {
    "architecture": CategoricalDistribution(["skip-gram", "cbow", "basket"]),
    "vector-size": CategoricalDistribution([8, 16, 32]),
    "min-count": IntDistribution(0, 90, step=30),
    "negative": IntDistribution(2, 64, log=True),
    "ns-exponent": FloatDistribution(-1, 1),
    "step-size": FloatDistribution(0.005, 0.1, log=True),
    "window-size": IntDistribution(1, 10),
    "input-dropout": FloatDistribution(0.2, 0.8, step=0.2),
}


def typed(text, distribution):
    if isinstance(distribution, CategoricalDistribution):
        return type(distribution.choices[0])(text)
    return int(text) if isinstance(distribution, IntDistribution) else float(text)


def check_trials(study, rows):
    assert len(study.trials) == len(rows)
    states = set()
    for trial, row in zip(study.trials, rows):
        states.add(trial.state.name)
        assert str(trial.number) == row["number"]
        assert trial.state.name == row["state"]
        assert trial.value == (float(row["value"]) if row["value"] else None)
        told = {name: row["params_" + name] for name in SPACE if row["params_" + name]}
        if trial.number > 0:  # trial 0 is the defaults, of which the space has not all
            assert ("window-size" in told) == (told["architecture"] != "basket")
        assert trial.params == {name: typed(text, SPACE[name]) for name, text in told.items()}
        assert trial.distributions == {name: SPACE[name] for name in told}
        assert trial.datetime_complete >= trial.datetime_start
        if trial.state.name == "FAIL":
            assert trial.user_attrs["error"].startswith("no item occurs minCount"), trial.user_attrs
        if trial.state.name == "PRUNED":
            assert 0 < len(trial.intermediate_values)
        if trial.state.name == "COMPLETE":
            assert trial.intermediate_values[max(trial.intermediate_values)] == trial.value
    assert states == {"COMPLETE", "PRUNED", "FAIL"}, states


def main():
    output = sys.argv[1]
    storage = JournalStorage(JournalFileBackend(output + "/study/journal.log"))
    study = optuna.load_study(study_name="item2vec map@10", storage=storage)
    with open(output + "/study/trials.csv", newline="") as lines:
        check_trials(study, list(csv.DictReader(lines)))
    with open(output + "/run.json") as lines:
        tuning = json.load(lines)["tuning"]
    assert study.best_value == tuning["best"]["value"]
    assert study.best_params == tuning["best"]["params"]
    assert study.best_trial.number == tuning["best"]["trial"]
    assert study.trials[0].value == tuning["default"]["value"]
    assert study.trials[0].user_attrs["origin"] == "defaults"
    importances = optuna.importance.get_param_importances(study)
    assert set(importances) == set(SPACE), importances
    assert tuning["importances"].keys() == importances.keys()
    for name, share in importances.items():
        assert math.isclose(tuning["importances"][name], share, rel_tol=1e-9, abs_tol=1e-12), (name, share, tuning["importances"])
    frame = study.trials_dataframe()
    assert len(frame) == len(study.trials)
    # Optuna goes on where we stopped: its own sampler learns from our trials.
    copy = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1))
    copy.add_trials(study.trials)
    assert copy.ask(SPACE).params.keys() == SPACE.keys()
    print(f"Optuna {optuna.__version__}: {len(study.trials)} trials, best {study.best_value:.5f}, "
          f"importances {({name: round(value, 2) for name, value in importances.items()})}")


if __name__ == "__main__":
    main()
