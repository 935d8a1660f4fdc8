#!/usr/bin/env python3
"""The Python package as a client of Spark Connect; PySpark's client alone is enough. Usage: use_connect.py URL DIRECTORY"""
import random
import sys

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import SparkSession

from item2vec_spark import Item2Vec, Item2VecModel, Recommender, TopKEvaluator, Word2VecFormat


def refused(call, words):
    try:
        call()
    except Exception as error:
        assert words in str(error), error
    else:
        raise AssertionError(f"not refused: {words}")


def main(url, directory):
    spark = SparkSession.builder.remote(url).getOrCreate()
    randomness = random.Random(1)
    liked = [[f"{'ab'[user % 2]}{n}" for n in randomness.sample(range(10), 9)] for user in range(120)]
    rows = [(f"user-{user}", items[:7], items[7:]) for user, items in enumerate(liked)]
    baskets = spark.createDataFrame(rows, "user string, items array<string>, test array<string>")

    estimator = Item2Vec(vectorSize=8, minCount=2, maxIter=20, seed=7)
    model = estimator.fit(baskets)
    assert model.transform(baskets).columns == ["user", "items", "test", "profile"]
    near = model.similarItems("a0", 5)
    assert len(near) == 5 and all(item.startswith("a") and item != "a0" for item, _ in near), near
    refused(lambda: model.similarItems("nobody", 5), "no vector for item 'nobody'")

    users = baskets.withColumnRenamed("items", "context")
    lists = model.recommend(users, 3, without=["a0"], scores="probability")
    assert lists.columns == [*users.columns, "items", "scores", "cold"]
    for row in lists.collect():
        assert not set(row["items"]) & {"a0", *row["context"]} and row["items"][0][0] == row["context"][0][0] and not row["cold"]
        assert all(0 < score < 1 for score in row["scores"])
    told = users.selectExpr("*", "array('a1') AS leaveOut")
    row = Recommender(99, without=["a0"]).recommend(model, told).where("array_contains(context, 'a2')").first()
    assert row["leaveOut"] == ["a1"] and not {"a0", "a1"} & set(row["items"])
    assert Recommender(3, scores="none").recommend(model, users).first()["scores"] is None
    assert 0 < TopKEvaluator(predictionCol="items", metricName="ndcg").evaluate(lists) < 1

    for call in (model.items, model.inputVectors, lambda: model.predictOutput(["a0"], 3), lambda: model.summary,
                 lambda: model.recommend(users, 3, seen=True), lambda: Word2VecFormat.text("x").write(model)):
        refused(call, "which Spark Connect does not give to its clients")

    model.write().overwrite().save(f"{directory}/model")
    assert Item2VecModel.load(f"{directory}/model").similarItems("a0", 5) == near
    estimator.write().overwrite().save(f"{directory}/estimator")
    assert Item2Vec.load(f"{directory}/estimator").fit(baskets).similarItems("a0", 5) == near
    Pipeline(stages=[estimator]).fit(baskets).write().overwrite().save(f"{directory}/pipeline")
    assert PipelineModel.load(f"{directory}/pipeline").stages[0].similarItems("a0", 5) == near

    listing = Item2Vec(minCount=1, vectorSize=4, predictionCol="prediction", seed=3)
    grid = ParamGridBuilder().addGrid(listing.maxIter, [1, 40]).build()
    validator = CrossValidator(estimator=listing, evaluator=TopKEvaluator(metricName="ndcg"), estimatorParamMaps=grid, numFolds=2, seed=1)
    chosen = validator.fit(baskets)
    assert chosen.avgMetrics[0] + 0.1 < chosen.avgMetrics[1], chosen.avgMetrics
    chosen.write().overwrite().save(f"{directory}/chosen")
    assert CrossValidatorModel.load(f"{directory}/chosen").avgMetrics == chosen.avgMetrics
    print(f"Spark Connect {spark.version}: fit, transform, lists, similar items, save, load, Pipeline, CrossValidator")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
