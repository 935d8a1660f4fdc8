"""A user's program, whole, for mypy --strict; with_pyspark.sh runs it too. Usage: user_program.py DIRECTORY"""

from __future__ import annotations

import sys

import numpy as np
from pyspark.ml import Pipeline, PipelineModel
from pyspark.sql import DataFrame, SparkSession

import item2vec_spark
from item2vec_spark import Item2Vec, Item2VecModel, Recommender, ScoredItem, TopKEvaluator, Word2VecFormat


def train(sequences: DataFrame) -> Item2VecModel:
    estimator = Item2Vec(vectorSize=8, minCount=1, stepSize=0.1).setMaxIter(5).setSeed(1)
    size: int = estimator.getVectorSize()
    assert size == 8
    return estimator.fit(sequences)


def main(directory: str) -> None:
    spark = item2vec_spark.configure(SparkSession.builder.master("local[1]")).getOrCreate()
    rows = [(f"u{n}", [f"i{n % 3}", f"i{(n + 1) % 3}"], [f"i{(n + 2) % 3}"]) for n in range(9)]
    users = spark.createDataFrame(rows, "user string, context array<string>, test array<string>")
    model = train(users.selectExpr("context as items"))
    near: list[ScoredItem] = model.similarItems("i0", 2)
    names: list[str] = [item for item, _ in near]
    lists: DataFrame = model.recommend(users, 2, without=["i9"], scores="probability")
    assert lists.count() == Recommender(2, only=names).recommend(model, users).count() == 9
    metric: float = TopKEvaluator(predictionCol="items", k=2).setMetricName("ndcg").evaluate(lists)
    matrix = model.inputVectors()
    assert matrix.dtype == np.float32 and 0 <= metric <= 1
    files = Word2VecFormat.text(f"{directory}/vectors.txt").counts(f"{directory}/counts.txt")
    files.write(model)
    read: Item2VecModel = files.read()
    assert read.items() == model.items()
    fitted = Pipeline(stages=[Item2Vec(minCount=1, maxIter=1)]).fit(users.selectExpr("context as items"))
    fitted.write().overwrite().save(f"{directory}/pipeline")
    assert PipelineModel.load(f"{directory}/pipeline").stages
    print("a user's program: typed and run")


if __name__ == "__main__":
    main(sys.argv[1])
