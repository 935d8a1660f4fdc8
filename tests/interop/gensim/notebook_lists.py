#!/usr/bin/env python3
"""The reference notebook's own lists on ml-100k and what its two functions say of them.

Usage: notebook_lists.py RATINGS OUTPUT

OUTPUT/lists.tsv    user TAB recommended items TAB held-out items; no items where gensim predicts nothing
OUTPUT/metrics.tsv  map@10 TAB hitrate@10
"""
import os
import sys

from gensim.models import Word2Vec

K, HELD_OUT = 10, 3


def histories(path):
    users = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            user, item, rating, _ = line.split("\t")
            if float(rating) >= 4:
                users.setdefault(user, []).append(item)
    return users


def average_precision(actual, recommended):
    score, hits = 0.0, 0
    for i, item in enumerate(recommended[:K]):
        if item in actual:
            hits += 1
            score += hits / (i + 1.0)
    return score / K


def main(path, output):
    users = {user: (items[:-HELD_OUT], items[-HELD_OUT:]) for user, items in histories(path).items()}
    model = Word2Vec([train for train, _ in users.values()], sg=1, window=5, ns_exponent=-0.14, negative=16, min_count=3,
                     vector_size=32, epochs=10, workers=1, seed=42)
    precisions = hits = 0
    os.makedirs(output, exist_ok=True)
    with open(f"{output}/lists.tsv", "w", encoding="utf-8") as file:
        for user, (train, test) in users.items():
            predicted = model.predict_output_word(train, topn=K + len(train)) if train else None
            recommended = [item for item, _ in predicted or [] if item not in train][:K]
            precisions += average_precision(test, recommended)
            hits += any(item in test for item in recommended)
            print(user, " ".join(recommended), " ".join(test), sep="\t", file=file)
    with open(f"{output}/metrics.tsv", "w", encoding="utf-8") as file:
        print(precisions / len(users), hits / len(users), sep="\t", file=file)


if __name__ == "__main__":
    main(*sys.argv[1:])
