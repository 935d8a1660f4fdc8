#!/usr/bin/env python3
"""gensim reads what item2vec-spark exported and must say the same of it.

Usage: read_export.py DIRECTORY...
"""
import sys

import numpy
from gensim.models import KeyedVectors, Word2Vec

# float32 does not decide the order of two cosines or probabilities that are nearer to each other
UNDECIDED = 2e-6


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def load(directory, matrix, suffix):
    return KeyedVectors.load_word2vec_format(
        f"{directory}/{matrix}.{suffix}", fvocab=f"{directory}/counts.txt", binary=suffix == "bin")


def same_order(ours, theirs, score):
    """The same items at the same places, but for neighbours that float32 does not tell apart."""
    return all(a == b or abs(score(a) - score(b)) <= UNDECIDED for a, b in zip(ours, theirs, strict=True))


def main(*directories):
    for directory in directories:
        text, binary = load(directory, "input", "txt"), load(directory, "input", "bin")
        output = load(directory, "output", "bin")
        assert text.index_to_key == binary.index_to_key == output.index_to_key
        assert numpy.array_equal(text.vectors, binary.vectors)
        assert numpy.array_equal(load(directory, "output", "txt").vectors, output.vectors)
        counts = [text.get_vecattr(item, "count") for item in text.index_to_key]
        assert counts == sorted(counts, reverse=True)
        for item, similar, cosines in rows(f"{directory}/similar.tsv"):
            expected = text.most_similar(item, topn=10)
            assert same_order(similar.split(), [n for n, _ in expected], lambda n: text.similarity(item, n)), item
            assert numpy.allclose([float(c) for c in cosines.split()], [c for _, c in expected], rtol=0, atol=1e-5)

        model = Word2Vec([text.index_to_key], vector_size=text.vector_size, min_count=1, epochs=1)
        model.wv, model.syn1neg = text, output.vectors
        for context, predicted in rows(f"{directory}/predictions.tsv"):
            probabilities = dict(model.predict_output_word(context.split(), topn=len(text)))
            expected = [item for item, _ in model.predict_output_word(context.split(), topn=10)]
            assert same_order(predicted.split(), expected, probabilities.get), context
        print(f"{directory}: gensim agrees on neighbours and predictions of {len(text)} items")


if __name__ == "__main__":
    main(*sys.argv[1:])
