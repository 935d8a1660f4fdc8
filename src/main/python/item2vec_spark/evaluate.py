"""The evaluator of lists."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param, Params
from pyspark.ml.util import JavaMLWritable

from item2vec_spark.java import Readable, new_java
from item2vec_spark.params.converters import to_int, to_str


class TopKEvaluator(JavaEvaluator, Readable["TopKEvaluator"], JavaMLWritable):
    """The mean of a ranking metric at k over the users with relevant items; nothing is sampled.

        TopKEvaluator(predictionCol="items", labelCol="test", metricName="ndcg", k=10).evaluate(lists)

    predictionCol is a list, array<string>, best first; null is no list and counts 0. labelCol are the relevant items,
    array<string>. Arrays of whole numbers are compared as their decimal text. evaluate raises IllegalArgumentException when
    a column is missing or of another type, or when no user has relevant items.
    """

    __module__ = "io.github.item2vec.evaluate"  # Java's package, see Item2Vec

    predictionCol: Param[str] = Param(
        Params._dummy(), "predictionCol", "lists: array<string>, best first; null = no list", typeConverter=to_str
    )
    labelCol: Param[str] = Param(Params._dummy(), "labelCol", "relevant items: array<string>", typeConverter=to_str)
    metricName: Param[str] = Param(
        Params._dummy(),
        "metricName",
        "one of [hitrate, precision, recall, ndcg, mrr, map, map-normalized]",
        typeConverter=to_str,
    )
    k: Param[int] = Param(Params._dummy(), "k", "cut-off (>= 1)", typeConverter=to_int)

    _input_kwargs: dict[str, Any]

    @keyword_only
    def __init__(
        self, *, predictionCol: str = "prediction", labelCol: str = "test", metricName: str = "map", k: int = 10
    ) -> None:
        super().__init__()
        self._java_obj = new_java("io.github.item2vec.evaluate.TopKEvaluator", self.uid)
        self._setDefault(predictionCol="prediction", labelCol="test", metricName="map", k=10)
        self._set(**self._input_kwargs)

    @keyword_only
    def setParams(
        self, *, predictionCol: str = "prediction", labelCol: str = "test", metricName: str = "map", k: int = 10
    ) -> TopKEvaluator:
        """Sets the Params that are named, leaves the others as they are."""
        return self._set(**self._input_kwargs)

    def isLargerBetter(self) -> bool:
        """True: all metrics are better when larger."""
        return True

    def getPredictionCol(self) -> str:
        """Value of predictionCol."""
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value: str) -> TopKEvaluator:
        """Sets predictionCol; default "prediction"."""
        return self._set(predictionCol=value)

    def getLabelCol(self) -> str:
        """Value of labelCol."""
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value: str) -> TopKEvaluator:
        """Sets labelCol; default "test"."""
        return self._set(labelCol=value)

    def getMetricName(self) -> str:
        """Value of metricName."""
        return self.getOrDefault(self.metricName)

    def setMetricName(self, value: str) -> TopKEvaluator:
        """Sets metricName; default "map"."""
        return self._set(metricName=value)

    def getK(self) -> int:
        """Value of k."""
        return self.getOrDefault(self.k)

    def setK(self, value: int) -> TopKEvaluator:
        """Sets k; default 10."""
        return self._set(k=value)
