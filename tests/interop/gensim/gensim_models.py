#!/usr/bin/env python3
"""Trains small gensim models on generated sequences and writes what gensim knows and says of them.

Usage: gensim_models.py OUTPUT ITEMS CONTEXTS

OUTPUT/sequences.txt            the sequences, a line each
OUTPUT/{skip-gram,cbow}/
  input.{txt,bin}  output.{txt,bin}  counts.txt   save_word2vec_format of wv and of syn1neg
  predictions.tsv   context TAB predict_output_word's top 10 (nothing where gensim returns None)
  similar.tsv       item TAB most_similar's top 10 TAB their cosines
"""
import os
import random
import sys

import gensim
from gensim.models import KeyedVectors, Word2Vec

SEED = 20
TOP = 10
# float32 does not decide between probabilities that are nearer to each other than this
UNDECIDED = 2e-6


def sequences(items, randomness):
    names = [f"item-{i}" if i % 5 else f"ítem·{i}·物" for i in range(items)]
    for _ in range(30 * items):
        start = int(items * randomness.random() ** 2)
        yield [names[(start + randomness.randrange(8)) % items] for _ in range(randomness.randrange(2, 12))]


def contexts(names, number, randomness):
    yield ["unknown", "strange"]
    yield [names[0]]
    yield [names[0], names[0], names[1]]
    for _ in range(number):
        context = randomness.choices(names, k=randomness.randrange(1, 9))
        if randomness.random() < 0.3:
            context += [context[0]] * randomness.randrange(1, 4)
        if randomness.random() < 0.3:
            context.insert(randomness.randrange(len(context)), "unknown")
        yield context


def write(directory, model, randomness, number):
    os.makedirs(directory, exist_ok=True)
    output = KeyedVectors(model.vector_size)
    output.add_vectors(model.wv.index_to_key, model.syn1neg)
    for suffix, binary in (("txt", False), ("bin", True)):
        model.wv.save_word2vec_format(f"{directory}/input.{suffix}", fvocab=f"{directory}/counts.txt", binary=binary)
        output.save_word2vec_format(f"{directory}/output.{suffix}", binary=binary)
    undecided = 0
    with open(f"{directory}/predictions.tsv", "w", encoding="utf-8") as file:
        for context in contexts(model.wv.index_to_key, number, randomness):
            best = model.predict_output_word(context, topn=TOP + 1) or []
            if any(q > p * (1 - UNDECIDED) for (_, p), (_, q) in zip(best, best[1:])):
                undecided += 1
                continue
            print(" ".join(context), " ".join(item for item, _ in best[:TOP]), sep="\t", file=file)
    assert undecided <= number // 50, f"{undecided} of {number} contexts undecided"
    with open(f"{directory}/similar.tsv", "w", encoding="utf-8") as file:
        for item in model.wv.index_to_key:
            near = model.wv.most_similar(item, topn=TOP)
            print(item, " ".join(n for n, _ in near), " ".join(str(c) for _, c in near), sep="\t", file=file)
    print(f"gensim {gensim.__version__}: {directory}, {number + 3 - undecided} contexts, {undecided} undecided left out")


def main(output, items, number):
    randomness = random.Random(SEED)
    corpus = list(sequences(int(items), randomness))
    os.makedirs(output, exist_ok=True)
    with open(f"{output}/sequences.txt", "w", encoding="utf-8") as file:
        for sequence in corpus:
            print(" ".join(sequence), file=file)
    for name, sg in (("skip-gram", 1), ("cbow", 0)):
        model = Word2Vec(corpus, sg=sg, vector_size=8, min_count=1, sample=0, epochs=20, alpha=0.05, workers=1, seed=SEED)
        write(f"{output}/{name}", model, randomness, int(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
