"""The estimator."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.util import JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator

from item2vec_spark.java import Readable, new_java, require_session
from item2vec_spark.model import Item2VecModel
from item2vec_spark.params.basket import BasketParams
from item2vec_spark.params.columns import ColumnParams
from item2vec_spark.params.lists import ListParams
from item2vec_spark.params.run import RunParams
from item2vec_spark.params.training import TrainingParams
from item2vec_spark.params.window import WindowParams


class Item2Vec(
    JavaEstimator[Item2VecModel],
    ColumnParams,
    ListParams,
    TrainingParams,
    WindowParams,
    BasketParams,
    RunParams,
    Readable["Item2Vec"],
    JavaMLWritable,
):
    """word2vec over item sequences as a Spark ML estimator: the basket model, skip-gram or CBOW.

        model = Item2Vec(vectorSize=64, minCount=3, seed=42).fit(sequences)

    sequences has a column itemsCol: an array of strings, whole numbers, booleans or dates, oldest first. Items that occur
    fewer than minCount times get no vector. stepSize, maxIter and negative are the architecture's own unless set. The same
    seed, numPartitions, execution and sequences give the same bytes, on any number of cores and machines.

    With a predictionCol the model's transform adds lists, so that CrossValidator can measure the estimator by TopKEvaluator.

    fit raises IllegalArgumentException when the column is missing or no array of items, when no item reaches minCount, or
    when a Param is out of its range; explainParams() names the ranges.
    """

    # Java's package: PySpark finds the Java class of what it loads by the module's name, see item2vec_spark_java_names
    __module__ = "io.github.item2vec.train"

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        itemsCol: str = "items",
        outputCol: str = "profile",
        predictionCol: str = "",
        scoresCol: str = "",
        scoring: str = "product",
        k: int = 10,
        architecture: str = "basket",
        minCount: int = 5,
        vectorSize: int = 100,
        stepSize: float = 0.0,
        maxIter: int = 0,
        seed: int = 42,
        minStepSize: float = 0.0001,
        negative: int = 0,
        nsExponent: float = 0.75,
        windowSize: int = 5,
        numPartitions: int = 4,
        shrinkWindows: bool = True,
        sample: float = 0.001,
        loss: str = "auto",
        inputDropout: float = 0.6,
        hiddenDropout: float = 0.5,
        contextWeight: float = 0.2,
        regParam: float = 0.0001,
        execution: str = "auto",
        validationCol: str = "",
        earlyStopping: int = 0,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
    ) -> None:
        super().__init__()
        self._java_obj = new_java("io.github.item2vec.train.Item2Vec", self.uid)
        self._set(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        itemsCol: str = "items",
        outputCol: str = "profile",
        predictionCol: str = "",
        scoresCol: str = "",
        scoring: str = "product",
        k: int = 10,
        architecture: str = "basket",
        minCount: int = 5,
        vectorSize: int = 100,
        stepSize: float = 0.0,
        maxIter: int = 0,
        seed: int = 42,
        minStepSize: float = 0.0001,
        negative: int = 0,
        nsExponent: float = 0.75,
        windowSize: int = 5,
        numPartitions: int = 4,
        shrinkWindows: bool = True,
        sample: float = 0.001,
        loss: str = "auto",
        inputDropout: float = 0.6,
        hiddenDropout: float = 0.5,
        contextWeight: float = 0.2,
        regParam: float = 0.0001,
        execution: str = "auto",
        validationCol: str = "",
        earlyStopping: int = 0,
        checkpointDir: str = "",
        checkpointInterval: int = 10,
    ) -> Item2Vec:
        """Sets the Params that are named, leaves the others as they are."""
        return self._set(**self._input_kwargs)

    def setInitialModel(self, model: Item2VecModel) -> Item2Vec:
        """Starts from the vectors of an earlier model for the items that it knows; they must have vectorSize values.

        Not a Param: not saved, kept by copy.
        """
        require_session("setInitialModel")
        java: Any = self._java_obj
        java.setInitialModel(model.java())
        return self

    def _create_model(self, java_model: Any) -> Item2VecModel:
        return Item2VecModel(java_model)
