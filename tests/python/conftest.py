"""One Spark for all tests: that of the wheel, through configure()."""

import random

import pytest
from pyspark.sql import DataFrame, SparkSession

import item2vec_spark
from item2vec_spark import Item2Vec


@pytest.fixture(scope="session")
def spark():
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    session = item2vec_spark.configure(builder.config("spark.sql.shuffle.partitions", "2")).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def baskets(spark) -> DataFrame:
    """Items of one half of the catalogue never meet those of the other; two of each user's are kept for the test."""
    randomness = random.Random(1)
    rows = []
    for user in range(120):
        liked = [f"{'ab'[user % 2]}{n}" for n in randomness.sample(range(10), 9)]
        rows.append((f"user-{user}", liked[:7], liked[7:]))
    return spark.createDataFrame(rows, "user string, items array<string>, test array<string>").cache()


@pytest.fixture(scope="session")
def users(baskets) -> DataFrame:
    """The same, with the columns that a recommender reads."""
    return baskets.withColumnRenamed("items", "context").cache()


@pytest.fixture(scope="session")
def model(baskets):
    return Item2Vec(vectorSize=8, minCount=2, maxIter=20, seed=7).fit(baskets)
