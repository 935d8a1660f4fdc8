#!/usr/bin/env python3
"""conf/pyspark/item2vec.py with a real PySpark. Usage: use_wrapper.py JAR DIRECTORY"""
import random
import sys

from pyspark.ml import Pipeline, PipelineModel
from pyspark.sql import SparkSession

sys.path.insert(0, "conf/pyspark")
from item2vec import Item2Vec, Item2VecModel  # noqa: E402


def sequences(spark):
    """Items of one half of the catalogue never meet those of the other."""
    randomness = random.Random(1)
    rows = [([f"{'ab'[i % 2]}{n}" for n in randomness.sample(range(10), 8)],) for i in range(200)]
    return spark.createDataFrame(rows, "items array<string>")


def main(jar, directory):
    simd = "--add-modules=jdk.incubator.vector"
    spark = (
        SparkSession.builder.master("local[2]").config("spark.jars", jar).config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.extraJavaOptions", simd).config("spark.executor.extraJavaOptions", simd).getOrCreate())
    baskets = sequences(spark)
    estimator = Item2Vec(vectorSize=8, minCount=2, stepSize=0.1, sample=0.0, maxIter=60, seed=7, outputCol="mean")
    model = estimator.fit(baskets)
    near, next_items = model.similarItems("a0", 5), model.predictOutput(["b1", "b2", "unknown"], 5)
    assert len(near) == 5 and "a0" not in dict(near), near
    assert len(next_items) == 5 and all(item.startswith("b") for item, _ in next_items), next_items
    assert model.predictOutput(["unknown"], 5) == []
    assert len(model.transform(baskets).first()["mean"]) == 8
    assert "vectorSize" in estimator.explainParams()
    assert len(estimator.fit(baskets, {estimator.vectorSize: 3}).transform(baskets).first()["mean"]) == 3

    users = spark.createDataFrame([("u", ["a0", "a2"], ["a4", "a6"])], "user string, context array<string>, rated array<string>")
    known = {"a0", "a2", "a4", "a6"}
    places = model.recommend(users, 100).first()["items"]
    assert len(places) == 20 - len(known) and not known & set(places), places
    assert known - {"a0", "a2"} <= set(model.recommend(users.drop("rated"), 100).first()["items"])

    java = model._java_obj
    assert (java.getItemsCol(), java.getOutputCol(), java.vectorSize()) == ("items", "mean", 8)

    model.write().overwrite().save(f"{directory}/model")
    assert Item2VecModel.load(f"{directory}/model").similarItems("a0", 5) == near
    estimator.write().overwrite().save(f"{directory}/estimator")
    assert Item2Vec.load(f"{directory}/estimator").fit(baskets).similarItems("a0", 5) == near

    fitted = Pipeline(stages=[estimator]).fit(baskets)
    fitted.write().overwrite().save(f"{directory}/pipeline")
    loaded = PipelineModel.load(f"{directory}/pipeline")
    assert loaded.stages[0].predictOutput(["b1", "b2"], 5) == model.predictOutput(["b1", "b2"], 5)
    assert loaded.transform(baskets).columns == ["items", "mean"]

    files = spark._jvm.io.github.item2vec.train.format.Word2VecFormat.text(f"{directory}/vectors.txt")
    files.write(java)
    assert Item2VecModel(files.read()).similarItems("a0", 5) == near
    print(f"PySpark {spark.version}: fit, transform, save, load, Pipeline, Word2VecFormat")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
