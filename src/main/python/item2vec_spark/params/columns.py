"""What estimator and model share: the columns."""

from __future__ import annotations

from typing import TypeVar

from pyspark.ml.param import Param, Params

from item2vec_spark.params.converters import to_str

P = TypeVar("P", bound="ColumnParams")


class ColumnParams(Params):
    """What estimator and model share: the columns."""

    itemsCol: Param[str] = Param(
        Params._dummy(),
        "itemsCol",
        "column with the item sequences, array of strings, whole numbers, booleans or dates",
        typeConverter=to_str,
    )
    outputCol: Param[str] = Param(Params._dummy(), "outputCol", "column for the profile vectors", typeConverter=to_str)

    def __init__(self) -> None:
        super().__init__()
        self._setDefault(
            itemsCol="items",
            outputCol="profile",
        )

    def getItemsCol(self) -> str:
        """Value of itemsCol."""
        return self.getOrDefault(self.itemsCol)

    def setItemsCol(self: P, value: str) -> P:
        """Sets itemsCol; default "items"."""
        return self._set(itemsCol=value)

    def getOutputCol(self) -> str:
        """Value of outputCol."""
        return self.getOrDefault(self.outputCol)

    def setOutputCol(self: P, value: str) -> P:
        """Sets outputCol; default "profile"."""
        return self._set(outputCol=value)
