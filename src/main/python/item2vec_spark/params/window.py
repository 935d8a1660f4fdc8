"""What skip-gram and CBOW are told besides; the basket model has no windows."""

from __future__ import annotations

from typing import TypeVar

from pyspark.ml.param import Param, Params

from item2vec_spark.params.converters import to_bool, to_float, to_int

P = TypeVar("P", bound="WindowParams")


class WindowParams(Params):
    """What skip-gram and CBOW are told besides; the basket model has no windows."""

    windowSize: Param[int] = Param(
        Params._dummy(),
        "windowSize",
        "largest distance between context and centre item (> 0; gensim: window)",
        typeConverter=to_int,
    )
    numPartitions: Param[int] = Param(
        Params._dummy(),
        "numPartitions",
        "parts that the items are dealt out to, which bounds the threads that train (> 0)",
        typeConverter=to_int,
    )
    shrinkWindows: Param[bool] = Param(
        Params._dummy(),
        "shrinkWindows",
        "draw each centre item's window from 1 .. windowSize (gensim: shrink_windows)",
        typeConverter=to_bool,
    )
    sample: Param[float] = Param(
        Params._dummy(),
        "sample",
        "threshold of frequent-item down-sampling (0 = off)",
        typeConverter=to_float,
    )

    def __init__(self) -> None:
        super().__init__()
        self._setDefault(
            windowSize=5,
            numPartitions=4,
            shrinkWindows=True,
            sample=0.001,
        )

    def getWindowSize(self) -> int:
        """Value of windowSize."""
        return self.getOrDefault(self.windowSize)

    def setWindowSize(self: P, value: int) -> P:
        """Sets windowSize; default 5."""
        return self._set(windowSize=value)

    def getNumPartitions(self) -> int:
        """Value of numPartitions."""
        return self.getOrDefault(self.numPartitions)

    def setNumPartitions(self: P, value: int) -> P:
        """Sets numPartitions; default 4."""
        return self._set(numPartitions=value)

    def getShrinkWindows(self) -> bool:
        """Value of shrinkWindows."""
        return self.getOrDefault(self.shrinkWindows)

    def setShrinkWindows(self: P, value: bool) -> P:
        """Sets shrinkWindows; default True."""
        return self._set(shrinkWindows=value)

    def getSample(self) -> float:
        """Value of sample."""
        return self.getOrDefault(self.sample)

    def setSample(self: P, value: float) -> P:
        """Sets sample; default 0.001."""
        return self._set(sample=value)
