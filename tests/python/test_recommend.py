"""Lists: filters, scores, cold users, and the evaluator over them."""

import pytest
from pyspark.errors import IllegalArgumentException

from item2vec_spark import Item2Vec, Recommender, TopKEvaluator


def listed(lists, column="items"):
    return {row["user"]: row[column] for row in lists.collect()}


def test_a_list_leaves_out_what_the_user_knows_and_is_within_the_half(model, users):
    lists = model.recommend(users, 3)
    assert lists.columns == [*users.columns, "items", "scores", "cold"]
    for row in lists.collect():
        assert len(row["items"]) == 3 and not set(row["context"]) & set(row["items"]) and not row["cold"]
        assert {item[0] for item in row["items"]} == {row["context"][0][0]}
        assert row["scores"] == sorted(row["scores"], reverse=True)


def test_rated_and_leave_out_are_left_out(model, spark):
    rows = [("u", ["a0", "a2"], ["a4", "a6"], ["b1"])]
    users = spark.createDataFrame(rows, "user string, context array<string>, rated array<string>, leaveOut array<string>")
    assert set(model.recommend(users, 100).first()["items"]) == set(model.items()) - {"a0", "a2", "a4", "a6", "b1"}


def test_a_transform_with_a_prediction_col_has_the_lists_of_the_recommender(model, users):
    lister = model.copy().setItemsCol("context").setPredictionCol("best").setScoresCol("scores").setScoring("probability").setK(4)
    lists = lister.transform(users)
    assert lists.columns == [*users.columns, "profile", "best", "scores"]
    expected = model.recommend(users, 4, scores="probability")
    assert listed(lists, "best") == listed(expected) and listed(lists, "scores") == listed(expected, "scores")
    assert model.getPredictionCol() == ""


def test_by_cosine_the_list_of_an_item_are_its_similar_items(model, spark):
    rows = spark.createDataFrame([(["a3"],)], "items array<string>")
    row = model.copy().setPredictionCol("near").setScoresCol("cosines").setScoring("cosine").setK(5).transform(rows).first()
    assert dict(zip(row["near"], row["cosines"])) == pytest.approx(dict(model.similarItems("a3", 5)), abs=1e-6)


def test_filters_and_seen(model, users):
    some = users.limit(4)
    assert all(set(items) <= {"a1", "b1"} for items in listed(model.recommend(some, 9, only=["a1", "b1", "unknown"])).values())
    assert not any({"a1", "b1"} & set(items) for items in listed(model.recommend(some, 99, without={"a1", "b1"})).values())
    assert all(len(items) == 20 for items in listed(model.recommend(some, 99, seen=True)).values())


def test_probabilities_are_those_of_predict_output(model, users):
    row = Recommender(100, seen=True, scores="probability").recommend(model, users).first()
    assert dict(zip(row["items"], row["scores"])) == pytest.approx(dict(model.predictOutput(row["context"], 20)), rel=1e-4)
    assert Recommender(3, scores="none").recommend(model, users).first()["scores"] is None


def test_who_has_no_known_item_gets_the_popular_list_or_none(model, spark):
    users = spark.createDataFrame([("new", ["nothing"])], "user string, context array<string>")
    assert model.recommend(users, 3).first()[2:] == (None, None, True)
    row = model.recommend(users, 3, popular={"z": 3, "b": 7, "a": 7, "nothing": 9}).first()
    assert (row["items"], row["scores"], row["cold"]) == (["a", "b", "z"], [7, 7, 3], True)


def test_lists_by_given_profiles_and_similar_items(model, spark):
    items = spark.createDataFrame([("x", [1.0, 0.0]), ("y", [0.0, 1.0]), ("z", [0.9, 0.1])], "item string, vector array<double>")
    users = spark.createDataFrame([("u", [2.0, 1.0])], "user string, mine array<double>")
    assert Recommender(3).recommendByProfiles(users, "mine", items).first()["items"] == ["x", "z", "y"]
    assert listed(Recommender(1).similarItems(items)) == {"x": ["z"], "y": ["z"], "z": ["x"]}


def test_what_cannot_be_recommended_is_refused_in_the_wrappers_words(model, users, baskets):
    with pytest.raises(ValueError, match="k = 0: must be >= 1"):
        model.recommend(users, 0)
    with pytest.raises(ValueError, match="users has no column context; its columns are user, items, test"):
        model.recommend(baskets, 3)
    with pytest.raises(TypeError, match="model is an Item2Vec: must be an Item2VecModel, as fit returns it"):
        Recommender(3).recommend(Item2Vec(), users)
    with pytest.raises(TypeError, match="without = 'a1': must be a collection of items"):
        model.recommend(users, 3, without="a1")
    with pytest.raises(ValueError, match="scores = 'softmax'"):
        model.recommend(users, 3, scores="softmax")


def test_the_evaluator_measures_lists_and_refuses_what_item2vec_reads(model, users, baskets):
    evaluator = TopKEvaluator(predictionCol="items", metricName="recall", k=3)
    lists = model.recommend(users, 3)
    expected = [len(set(row["items"]) & set(row["test"])) / 2 for row in lists.collect()]
    assert evaluator.evaluate(lists) == pytest.approx(sum(expected) / len(expected)) and evaluator.isLargerBetter()
    with pytest.raises(IllegalArgumentException, match="no column 'prediction' among user, items, test, profile"):
        TopKEvaluator().evaluate(model.transform(baskets))
