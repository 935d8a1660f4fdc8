"""Lists that transform adds besides the profile; off unless predictionCol is set."""

from __future__ import annotations

from typing import TypeVar

from pyspark.ml.param import Param, Params

from item2vec_spark.params.converters import to_int, to_str

P = TypeVar("P", bound="ListParams")


class ListParams(Params):
    """Lists that transform adds besides the profile; off unless predictionCol is set. Estimator and model share them."""

    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column for lists of the k best items that the row does not hold, array of strings; empty = none",
        typeConverter=to_str,
    )
    scoresCol: Param[str] = Param(
        Params._dummy(),
        "scoresCol",
        "column for the scores of the lists, array of float; empty = none",
        typeConverter=to_str,
    )
    scoring: Param[str] = Param(
        Params._dummy(),
        "scoring",
        "scores of the lists: product, probability, or cosine with the row's items (similar items)",
        typeConverter=to_str,
    )
    k: Param[int] = Param(Params._dummy(), "k", "length of the lists (> 0)", typeConverter=to_int)

    def __init__(self) -> None:
        super().__init__()
        self._setDefault(
            predictionCol="",
            scoresCol="",
            scoring="product",
            k=10,
        )

    def getPredictionCol(self) -> str:
        """Value of predictionCol."""
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self: P, value: str) -> P:
        """Sets predictionCol; default ""."""
        return self._set(predictionCol=value)

    def getScoresCol(self) -> str:
        """Value of scoresCol."""
        return self.getOrDefault(self.scoresCol)

    def setScoresCol(self: P, value: str) -> P:
        """Sets scoresCol; default ""."""
        return self._set(scoresCol=value)

    def getScoring(self) -> str:
        """Value of scoring."""
        return self.getOrDefault(self.scoring)

    def setScoring(self: P, value: str) -> P:
        """Sets scoring; default "product"."""
        return self._set(scoring=value)

    def getK(self) -> int:
        """Value of k."""
        return self.getOrDefault(self.k)

    def setK(self: P, value: int) -> P:
        """Sets k; default 10."""
        return self._set(k=value)
