"""What the basket model is told besides; skip-gram and CBOW do not heed it."""

from __future__ import annotations

from typing import TypeVar

from pyspark.ml.param import Param, Params

from item2vec_spark.params.converters import to_float, to_str

P = TypeVar("P", bound="BasketParams")


class BasketParams(Params):
    """What the basket model is told besides; skip-gram and CBOW do not heed it."""

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        "auto, softmax, sampled-softmax or negative-sampling; basket only, the others know the last",
        typeConverter=to_str,
    )
    inputDropout: Param[float] = Param(
        Params._dummy(),
        "inputDropout",
        "basket: share of a sequence's items that is left out of the context, as targets (0..1)",
        typeConverter=to_float,
    )
    hiddenDropout: Param[float] = Param(
        Params._dummy(),
        "hiddenDropout",
        "basket: share of the context vector's values that training drops (0 = none, below 1)",
        typeConverter=to_float,
    )
    contextWeight: Param[float] = Param(
        Params._dummy(),
        "contextWeight",
        "basket: weight of the context's items as targets beside those left out (0..1)",
        typeConverter=to_float,
    )
    regParam: Param[float] = Param(
        Params._dummy(),
        "regParam",
        "basket: L2 penalty of the vectors (>= 0)",
        typeConverter=to_float,
    )

    def __init__(self) -> None:
        super().__init__()
        self._setDefault(
            loss="auto",
            inputDropout=0.6,
            hiddenDropout=0.5,
            contextWeight=0.2,
            regParam=0.0001,
        )

    def getLoss(self) -> str:
        """Value of loss."""
        return self.getOrDefault(self.loss)

    def setLoss(self: P, value: str) -> P:
        """Sets loss; default "auto"."""
        return self._set(loss=value)

    def getInputDropout(self) -> float:
        """Value of inputDropout."""
        return self.getOrDefault(self.inputDropout)

    def setInputDropout(self: P, value: float) -> P:
        """Sets inputDropout; default 0.6."""
        return self._set(inputDropout=value)

    def getHiddenDropout(self) -> float:
        """Value of hiddenDropout."""
        return self.getOrDefault(self.hiddenDropout)

    def setHiddenDropout(self: P, value: float) -> P:
        """Sets hiddenDropout; default 0.5."""
        return self._set(hiddenDropout=value)

    def getContextWeight(self) -> float:
        """Value of contextWeight."""
        return self.getOrDefault(self.contextWeight)

    def setContextWeight(self: P, value: float) -> P:
        """Sets contextWeight; default 0.2."""
        return self._set(contextWeight=value)

    def getRegParam(self) -> float:
        """Value of regParam."""
        return self.getOrDefault(self.regParam)

    def setRegParam(self: P, value: float) -> P:
        """Sets regParam; default 0.0001."""
        return self._set(regParam=value)
