"""What every architecture of an Item2Vec is told."""

from __future__ import annotations

from typing import TypeVar

from pyspark.ml.param import Param, Params

from item2vec_spark.params.converters import to_float, to_int, to_long, to_str

P = TypeVar("P", bound="TrainingParams")


class TrainingParams(Params):
    """What every architecture of an Item2Vec is told."""

    architecture: Param[str] = Param(
        Params._dummy(),
        "architecture",
        "which way the prediction goes: skip-gram, cbow (gensim: sg) or basket",
        typeConverter=to_str,
    )
    minCount: Param[int] = Param(
        Params._dummy(),
        "minCount",
        "items that occur less often get no vector (>= 0; gensim: min_count)",
        typeConverter=to_int,
    )
    vectorSize: Param[int] = Param(
        Params._dummy(),
        "vectorSize",
        "dimension of the item vectors (> 0; gensim: vector_size)",
        typeConverter=to_int,
    )
    stepSize: Param[float] = Param(
        Params._dummy(),
        "stepSize",
        "learning rate at the start (0 = the architecture's own; gensim: alpha)",
        typeConverter=to_float,
    )
    maxIter: Param[int] = Param(
        Params._dummy(),
        "maxIter",
        "epochs (0 = the architecture's own; gensim: epochs)",
        typeConverter=to_int,
    )
    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        "seed of initial vectors, order, windows and negatives",
        typeConverter=to_long,
    )
    minStepSize: Param[float] = Param(
        Params._dummy(),
        "minStepSize",
        "learning rate at the end (0 .. stepSize; gensim: min_alpha)",
        typeConverter=to_float,
    )
    negative: Param[int] = Param(
        Params._dummy(),
        "negative",
        "negative items drawn: for each pair, or by basket for each batch (0 = the architecture's own)",
        typeConverter=to_int,
    )
    nsExponent: Param[float] = Param(
        Params._dummy(),
        "nsExponent",
        "negatives are drawn in proportion to count^nsExponent (any sign; gensim: ns_exponent)",
        typeConverter=to_float,
    )

    def __init__(self) -> None:
        super().__init__()
        self._setDefault(
            architecture="basket",
            minCount=5,
            vectorSize=100,
            stepSize=0.0,
            maxIter=0,
            seed=42,
            minStepSize=0.0001,
            negative=0,
            nsExponent=0.75,
        )

    def getArchitecture(self) -> str:
        """Value of architecture."""
        return self.getOrDefault(self.architecture)

    def setArchitecture(self: P, value: str) -> P:
        """Sets architecture; default "basket"."""
        return self._set(architecture=value)

    def getMinCount(self) -> int:
        """Value of minCount."""
        return self.getOrDefault(self.minCount)

    def setMinCount(self: P, value: int) -> P:
        """Sets minCount; default 5."""
        return self._set(minCount=value)

    def getVectorSize(self) -> int:
        """Value of vectorSize."""
        return self.getOrDefault(self.vectorSize)

    def setVectorSize(self: P, value: int) -> P:
        """Sets vectorSize; default 100."""
        return self._set(vectorSize=value)

    def getStepSize(self) -> float:
        """Value of stepSize."""
        return self.getOrDefault(self.stepSize)

    def setStepSize(self: P, value: float) -> P:
        """Sets stepSize; default 0.0."""
        return self._set(stepSize=value)

    def getMaxIter(self) -> int:
        """Value of maxIter."""
        return self.getOrDefault(self.maxIter)

    def setMaxIter(self: P, value: int) -> P:
        """Sets maxIter; default 0."""
        return self._set(maxIter=value)

    def getSeed(self) -> int:
        """Value of seed."""
        return self.getOrDefault(self.seed)

    def setSeed(self: P, value: int) -> P:
        """Sets seed; default 42."""
        return self._set(seed=value)

    def getMinStepSize(self) -> float:
        """Value of minStepSize."""
        return self.getOrDefault(self.minStepSize)

    def setMinStepSize(self: P, value: float) -> P:
        """Sets minStepSize; default 0.0001."""
        return self._set(minStepSize=value)

    def getNegative(self) -> int:
        """Value of negative."""
        return self.getOrDefault(self.negative)

    def setNegative(self: P, value: int) -> P:
        """Sets negative; default 0."""
        return self._set(negative=value)

    def getNsExponent(self) -> float:
        """Value of nsExponent."""
        return self.getOrDefault(self.nsExponent)

    def setNsExponent(self: P, value: float) -> P:
        """Sets nsExponent; default 0.75."""
        return self._set(nsExponent=value)
