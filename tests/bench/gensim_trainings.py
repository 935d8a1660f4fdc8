#!/usr/bin/env python3
"""gensim's side of a benchmark: trains one model after another on the same rows, a line of JSON for each.

Arguments: RATINGS MIN_RATING HELD_OUT, then the parameters of gensim.models.Word2Vec as JSON, once a training.
"""
import collections
import json
import math
import sys
import time
from pathlib import Path

from gensim.models import Word2Vec

K = 10


def lines(path):
    for file in sorted(path.glob("part-*")) if path.is_dir() else [path]:
        with open(file) as rows:
            yield from rows


def histories(path, min_rating):
    users = {}
    for line in lines(path):
        user, item, rating = line.split("\t")[:3]
        if float(rating) >= min_rating:
            users.setdefault(user, []).append(sys.intern(item))
    return users.values()


def score(model, users):
    """map@10, divided by 10 whatever the number of held-out items, and hitrate@10, over all users."""
    precision = hits = 0
    for known, held_out in users:
        if not known or not held_out:
            continue
        ranked = model.predict_output_word(known, topn=K + len(known)) or []
        seen = set(known)
        best = [item for item, _ in ranked if item not in seen][:K]
        found = [rank for rank, item in enumerate(best, start=1) if item in held_out]
        precision += sum(n / rank for n, rank in enumerate(found, start=1)) / K
        hits += bool(found)
    return precision / len(users), hits / len(users)


def expected_pairs(sequences, window, min_count, sample=1e-3):
    """Pairs of target and context an epoch: down-sampled sequences, windows of radius 1 .. window."""
    counts = collections.Counter(item for items in sequences for item in items)
    counts = {item: count for item, count in counts.items() if count >= min_count}
    threshold = sample * sum(counts.values())
    keep = {item: min(1, (math.sqrt(n / threshold) + 1) * threshold / n) for item, n in counts.items()}
    pairs = 0
    for items in sequences:
        length = sum(keep.get(item, 0) for item in items)
        pairs += sum(2 * max(0, length - d) * (window - d + 1) / window for d in range(1, window + 1))
    return pairs


def main():
    hold_out = int(sys.argv[3])
    users = [(items[:len(items) - hold_out], items[len(items) - hold_out:]) if len(items) > hold_out else ([], items)
             for items in histories(Path(sys.argv[1]), float(sys.argv[2]))]
    sequences = [known for known, _ in users]
    for argument in sys.argv[4:]:
        params = json.loads(argument)
        start = time.perf_counter()
        model = Word2Vec(sequences, **params)
        seconds = time.perf_counter() - start
        precision, hit_rate = score(model, users)
        print(json.dumps({"seconds": seconds, "map@10": precision, "hitrate@10": hit_rate,
                          "pairs": expected_pairs(sequences, params["window"], params["min_count"])}), flush=True)


if __name__ == "__main__":
    main()
