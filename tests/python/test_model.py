"""Fit, transform, and what a model is asked."""

import numpy as np
import pytest
from pyspark.errors import IllegalArgumentException

from item2vec_spark import Item2Vec, Item2VecModel, ScoredItem, Word2VecFormat


def test_similar_items_and_predictions_stay_in_their_half(model):
    near, next_items = model.similarItems("a0", 5), model.predictOutput(["b1", "b2", "unknown"], np.int64(5))
    assert len(near) == 5 and all(isinstance(item, ScoredItem) and item.item.startswith("a") for item in near)
    assert "a0" not in dict(near) and near == sorted(near, key=lambda item: -item.score)
    assert len(next_items) == 5 and all(item.startswith("b") for item, _ in next_items)
    assert sum(probability for _, probability in model.predictOutput(["b1"], 20)) == pytest.approx(1)
    assert model.predictOutput(["unknown"], 5) == []


def test_vectors_items_and_counts_are_those_of_java(model, baskets):
    occurrences = [item for row in baskets.select("items").collect() for item in row["items"]]
    assert dict(zip(model.items(), model.counts())) == {item: occurrences.count(item) for item in set(occurrences)}
    assert model.vectorSize() == 8
    vectors = model.inputVectors()
    assert vectors.dtype == np.float32 and vectors.shape == model.outputVectors().shape == (20, 8)
    cosines = vectors @ vectors[0] / np.linalg.norm(vectors, axis=1) / np.linalg.norm(vectors[0])
    assert dict(model.similarItems(model.items()[0], 19)) == pytest.approx(dict(zip(model.items()[1:], cosines[1:])), abs=1e-6)


def test_transform_adds_the_profile(baskets):
    estimator = Item2Vec(vectorSize=4, minCount=1, maxIter=1, outputCol="mean")
    transformed = estimator.fit(baskets).transform(baskets)
    assert transformed.columns == [*baskets.columns, "mean"] and len(transformed.first()["mean"]) == 4
    assert len(estimator.fit(baskets, {estimator.vectorSize: 3}).transform(baskets).first()["mean"]) == 3


def test_the_summary_tells_the_training(model):
    assert model.hasSummary and model.summary.totalIterations == len(model.summary.losses) == 20
    assert model.summary.losses[-1] < model.summary.losses[0]
    assert (model.summary.items, model.summary.itemsPerEpoch, model.summary.bestEpoch) == (20, sum(model.counts()), 20)


def test_a_training_starts_from_an_earlier_model(model, baskets):
    again = Item2Vec(vectorSize=8, minCount=2, maxIter=1, seed=7)
    cold, warm = again.fit(baskets), again.copy().setInitialModel(model).fit(baskets)
    assert warm.summary.losses[0] < cold.summary.losses[0]
    with pytest.raises(IllegalArgumentException, match="vectorSize = 4: the initial model's vectors have 8 values"):
        Item2Vec(vectorSize=4, minCount=2).setInitialModel(model).fit(baskets)


def test_errors_name_what_is_wrong(model, baskets):
    with pytest.raises(IllegalArgumentException, match="itemsCol: no column 'basket' among user, items, test"):
        Item2Vec(itemsCol="basket").fit(baskets)
    with pytest.raises(IllegalArgumentException, match="no vector for item 'nobody'"):
        model.similarItems("nobody", 3)
    with pytest.raises(RuntimeError, match="this Item2VecModel is empty"):
        Item2VecModel().similarItems("a0", 3)


@pytest.mark.parametrize("form", ["text", "binary"])
def test_word2vec_files_are_read_back(model, tmp_path, form):
    files = getattr(Word2VecFormat, form)(f"{tmp_path}/in").output(f"{tmp_path}/out").counts(f"{tmp_path}/counts")
    files.write(model)
    read = files.read()
    assert (read.items(), read.counts()) == (model.items(), model.counts()) and not read.hasSummary
    np.testing.assert_array_equal(read.inputVectors(), model.inputVectors())
    np.testing.assert_array_equal(read.outputVectors(), model.outputVectors())
    assert read.transform is not None and read.getItemsCol() == "items"
