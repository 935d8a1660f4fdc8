"""Item embeddings and top-K recommendations on Spark, published to Redis.

    spark = item2vec_spark.configure(SparkSession.builder).getOrCreate()
    model = Item2Vec(vectorSize=64, minCount=3).fit(sequences)
    lists = model.recommend(users, 100)

The classes are imported when they are asked for, so that item2vec_spark.reader and log_run work where there is no PySpark.
"""

import importlib
from typing import TYPE_CHECKING, Any

import item2vec_spark_java_names  # noqa: F401  also where no .pth is read, such as in --py-files

if TYPE_CHECKING:
    from item2vec_spark.evaluate import TopKEvaluator
    from item2vec_spark.item2vec import Item2Vec
    from item2vec_spark.model import Item2VecModel, ScoredItem, TrainingSummary
    from item2vec_spark.reader import Item2VecReader
    from item2vec_spark.recommend import Recommender
    from item2vec_spark.session import JarMissingError, configure, jar_path
    from item2vec_spark.tracking import log_run
    from item2vec_spark.word2vec_format import Word2VecFormat

__all__ = [
    "Item2Vec",
    "Item2VecModel",
    "Item2VecReader",
    "JarMissingError",
    "Recommender",
    "ScoredItem",
    "TopKEvaluator",
    "TrainingSummary",
    "Word2VecFormat",
    "configure",
    "jar_path",
    "log_run",
]

_HOMES = {
    "Item2Vec": "item2vec",
    "Item2VecModel": "model",
    "Item2VecReader": "reader",
    "JarMissingError": "session",
    "Recommender": "recommend",
    "ScoredItem": "model",
    "TopKEvaluator": "evaluate",
    "TrainingSummary": "model",
    "Word2VecFormat": "word2vec_format",
    "configure": "session",
    "jar_path": "session",
    "log_run": "tracking",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
