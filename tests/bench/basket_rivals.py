"""Seconds of training next to the basket model, on ml-100k in the notebook's protocol: EASE and the basket model itself in
numpy, ALS of `implicit`. Arguments: u.data. Started by basket.sh; prints rows of a table for BENCHMARKS.md.

The settings of EASE and ALS are the best of a small grid on the test part, which flatters them; one fit with them is timed.
"""

import sys
import time
import warnings

import numpy
import scipy.sparse
from implicit.als import AlternatingLeastSquares
from threadpoolctl import threadpool_limits

K, HELD_OUT = 10, 3


def histories(path):
    users, items = {}, {}
    for line in open(path):
        user, item, rating, _ = line.split("\t")
        if float(rating) >= 4:
            users.setdefault(user, []).append(items.setdefault(item, len(items)))
    kept = [history for history in users.values() if len(history) > HELD_OUT + 1]
    return [h[:-HELD_OUT] for h in kept], [h[-HELD_OUT:] for h in kept], len(items)


def mean_average_precision(scores, seen, wanted):
    scores = numpy.where(seen, -numpy.inf, scores)
    best = numpy.argsort(-scores, axis=1, kind="stable")[:, :K]
    total = 0
    for row, held in zip(best, wanted):
        hits = 0
        for rank, item in enumerate(row, 1):
            if item in held:
                hits += 1
                total += hits / rank
    return total / K / len(wanted)


def ease(x, penalty):
    gram = x.T @ x
    gram[numpy.diag_indices_from(gram)] += penalty
    inverse = numpy.linalg.inv(gram)
    weights = inverse / -numpy.diag(inverse)
    weights[numpy.diag_indices_from(weights)] = 0
    return x @ weights


def als(x, factors, penalty, alpha):
    warnings.simplefilter("ignore")  # that BLAS has threads of its own, which it has not while it fits
    model = AlternatingLeastSquares(
        factors=factors, regularization=penalty, alpha=alpha, iterations=15, num_threads=2, random_state=1
    )
    with threadpool_limits(1, "blas"):
        model.fit(scipy.sparse.csr_matrix(x), show_progress=False)
    return model.user_factors @ model.item_factors.T


class Adam:
    def __init__(self, random, rows, columns):
        self.x = ((random.random((rows, columns), dtype=numpy.float32) - 0.5) / columns).astype(numpy.float32)
        self.m, self.v = numpy.zeros_like(self.x), numpy.zeros_like(self.x)

    def step(self, gradient, rate, penalty):
        gradient += penalty * self.x
        self.m += 0.1 * (gradient - self.m)
        self.v += 0.001 * (gradient * gradient - self.v)
        self.x -= rate * self.m / (numpy.sqrt(self.v) + 1e-8)


def baskets(x, epochs=100, columns=128, batch=64, rate=0.01, last=1e-4, kept=0.4, dropout=0.5, own=0.2, penalty=3e-5):
    """The basket model without lags and tables, as conf/ml-100k.conf trains it; the mean of the vectors as profile."""
    random = numpy.random.default_rng(1)
    users, items = x.shape
    inputs, outputs = Adam(random, items, columns), Adam(random, items, columns)
    steps, all_steps = 0, epochs * -(-users // batch)
    for _ in range(epochs):
        order = random.permutation(users)
        for start in range(0, users, batch):
            held = x[order[start : start + batch]]
            context = held * (random.random(held.shape, dtype=numpy.float32) < kept)
            weights = held - (1 - own) * context
            context /= numpy.maximum(context.sum(1, keepdims=True), 1)
            mask = (random.random((len(held), columns), dtype=numpy.float32) >= dropout) / numpy.float32(1 - dropout)
            hidden = (context @ inputs.x) * mask
            logits = hidden @ outputs.x.T
            logits -= logits.max(1, keepdims=True)
            numpy.exp(logits, out=logits)
            logits *= weights.sum(1, keepdims=True) / logits.sum(1, keepdims=True)
            logits -= weights
            logits /= len(held)
            errors = (logits @ outputs.x) * mask
            size = rate - (rate - last) * steps / all_steps
            steps += 1
            size *= numpy.sqrt(1 - 0.999**steps) / (1 - 0.9**steps)
            outputs.step(logits.T @ hidden, numpy.float32(size), numpy.float32(penalty))
            inputs.step(context.T @ errors, numpy.float32(size), numpy.float32(penalty))
    return (x / numpy.maximum(x.sum(1, keepdims=True), 1)) @ inputs.x @ outputs.x.T


def timed(name, fit, seen, wanted):
    wall, cpu = time.perf_counter(), time.process_time()
    scores = fit()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {name} | {wall:.2f} | {cpu:.2f} | {mean_average_precision(scores, seen, wanted):.4f} |", flush=True)


def main():
    train, wanted, items = histories(sys.argv[1])
    x = numpy.zeros((len(train), items), numpy.float32)
    for user, history in enumerate(train):
        x[user, history] = 1
    seen = x > 0

    def score(scores):
        return mean_average_precision(scores, seen, wanted)

    penalty = max((100, 200, 400, 800), key=lambda p: score(ease(x, p)))
    grid = [(f, r, a) for f in (16, 32, 64) for r in (0.1, 1, 10) for a in (1, 10)]
    best = max(grid, key=lambda g: score(als(x, *g)))
    for _ in range(2):
        timed(f"EASE in numpy, penalty {penalty}", lambda: ease(x, penalty), seen, wanted)
        timed(f"ALS of implicit, factors, penalty, alpha {best}", lambda: als(x, *best), seen, wanted)
        timed("basket model in numpy", lambda: baskets(x), seen, wanted)


main()
