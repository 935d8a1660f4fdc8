"""Where an Item2Vec trains, when it stops, and what it saves meanwhile."""

from __future__ import annotations

from typing import TypeVar

from pyspark.ml.param import Param, Params

from item2vec_spark.params.converters import to_int, to_str

P = TypeVar("P", bound="RunParams")


class RunParams(Params):
    """Where an Item2Vec trains, when it stops, and what it saves meanwhile."""

    execution: Param[str] = Param(
        Params._dummy(),
        "execution",
        "auto (by size), one-task, or distributed: many tasks (basket, skip-gram)",
        typeConverter=to_str,
    )
    validationCol: Param[str] = Param(
        Params._dummy(),
        "validationCol",
        "column with items held out of each sequence, for map@10 after each epoch; empty = none",
        typeConverter=to_str,
    )
    earlyStopping: Param[int] = Param(
        Params._dummy(),
        "earlyStopping",
        "epochs without a better validation metric after which training stops and the best epoch's vectors "
        "are kept (0 = never)",
        typeConverter=to_int,
    )
    checkpointDir: Param[str] = Param(
        Params._dummy(),
        "checkpointDir",
        "directory on a Hadoop file system for checkpoints, from which the same training goes on; empty = "
        "none",
        typeConverter=to_str,
    )
    checkpointInterval: Param[int] = Param(
        Params._dummy(),
        "checkpointInterval",
        "epochs between two checkpoints (> 0)",
        typeConverter=to_int,
    )

    def __init__(self) -> None:
        super().__init__()
        self._setDefault(
            execution="auto",
            validationCol="",
            earlyStopping=0,
            checkpointDir="",
            checkpointInterval=10,
        )

    def getExecution(self) -> str:
        """Value of execution."""
        return self.getOrDefault(self.execution)

    def setExecution(self: P, value: str) -> P:
        """Sets execution; default "auto"."""
        return self._set(execution=value)

    def getValidationCol(self) -> str:
        """Value of validationCol."""
        return self.getOrDefault(self.validationCol)

    def setValidationCol(self: P, value: str) -> P:
        """Sets validationCol; default ""."""
        return self._set(validationCol=value)

    def getEarlyStopping(self) -> int:
        """Value of earlyStopping."""
        return self.getOrDefault(self.earlyStopping)

    def setEarlyStopping(self: P, value: int) -> P:
        """Sets earlyStopping; default 0."""
        return self._set(earlyStopping=value)

    def getCheckpointDir(self) -> str:
        """Value of checkpointDir."""
        return self.getOrDefault(self.checkpointDir)

    def setCheckpointDir(self: P, value: str) -> P:
        """Sets checkpointDir; default ""."""
        return self._set(checkpointDir=value)

    def getCheckpointInterval(self) -> int:
        """Value of checkpointInterval."""
        return self.getOrDefault(self.checkpointInterval)

    def setCheckpointInterval(self: P, value: int) -> P:
        """Sets checkpointInterval; default 10."""
        return self._set(checkpointInterval=value)
