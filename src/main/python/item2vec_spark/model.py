"""The model: item vectors of both sides, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Collection, Mapping, NamedTuple, Sequence

import numpy as np
from pyspark.errors import IllegalArgumentException
from pyspark.ml.util import JavaMLWritable
from pyspark.ml.wrapper import JavaModel
from pyspark.sql import DataFrame, SparkSession, is_remote

from item2vec_spark.java import Readable, require_session
from item2vec_spark.params.columns import ColumnParams
from item2vec_spark.params.lists import ListParams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from item2vec_spark.recommend import Scores


class ScoredItem(NamedTuple):
    """An item of a ranked list: its id, and a probability or a cosine."""

    item: str
    score: float


@dataclass(frozen=True)
class TrainingSummary:
    """How a training went.

    losses: mean loss of a prediction in each epoch, in nats. validation: map@10 on the validation column after each epoch,
    empty without one. epochSeconds: NaN for epochs that a checkpoint had behind it. bestEpoch: from 1, the epoch whose vectors
    the model has. items: distinct items that got vectors. itemsPerEpoch: their occurrences. seconds: of the whole fit.
    """

    losses: list[float]
    validation: list[float]
    epochSeconds: list[float]
    bestEpoch: int
    items: int
    itemsPerEpoch: int
    seconds: float

    @property
    def totalIterations(self) -> int:
        """Epochs trained."""
        return len(self.losses)


class Item2VecModel(JavaModel, ColumnParams, ListParams, Readable["Item2VecModel"], JavaMLWritable):
    """Item vectors, input and output; made by Item2Vec.fit, Item2VecModel.load or Word2VecFormat.read.

    transform adds the column outputCol: the profile, a vector of vectorSize values, the weighted mean of the input vectors
    of the row's items; null when none of them is known. With a predictionCol it adds a list of the k best items too, array of
    strings, without those that the row holds; null without a profile.
    """

    __module__ = "io.github.item2vec.train"  # Java's package, see Item2Vec

    def java(self) -> Any:
        """The Java model.

        Raises RuntimeError for an Item2VecModel() that nothing was trained or loaded into.
        """
        require_session("this method of Item2VecModel")
        if self._java_obj is None:
            raise RuntimeError("this Item2VecModel is empty: use what Item2Vec.fit, Item2VecModel.load or Word2VecFormat.read return")
        self._transfer_params_to_java()
        return self._java_obj

    def items(self) -> list[str]:
        """The items by falling count, ties by id; row i of the matrices is item i."""
        return list(self.java().items())

    def counts(self) -> list[int]:
        """Occurrences of each item in the training sequences, in the order of items."""
        self.java()
        return list(self._call_java("counts"))

    def vectorSize(self) -> int:
        """Dimension of the vectors."""
        return int(self.java().vectorSize())

    def inputVectors(self) -> NDArray[np.float32]:
        """The vectors of items as context (gensim: wv), float32, items x vectorSize. Collected on the driver."""
        return self._matrix("inputVectors")

    def outputVectors(self) -> NDArray[np.float32]:
        """The vectors of items as target (gensim: syn1neg), float32, items x vectorSize. Collected on the driver."""
        return self._matrix("outputVectors")

    def _matrix(self, name: str) -> NDArray[np.float32]:
        self.java()
        return np.asarray(self._call_java(name), dtype=np.float32).reshape(-1, self.vectorSize())

    @property
    def hasSummary(self) -> bool:
        """Whether this model was trained in this session; a loaded one has no summary."""
        return bool(self.java().hasSummary())

    @property
    def summary(self) -> TrainingSummary:
        """How the training went. Raises RuntimeError when the model was loaded."""
        if not self.hasSummary:
            raise RuntimeError(f"no summary: model {self.uid} was not trained here")
        java = self.java().summary()
        return TrainingSummary(
            losses=list(java.losses()),
            validation=list(java.validation()),
            epochSeconds=list(java.epochSeconds()),
            bestEpoch=java.bestEpoch(),
            items=java.items(),
            itemsPerEpoch=java.itemsPerEpoch(),
            seconds=java.seconds(),
        )

    def similarItems(self, item: str, k: int) -> list[ScoredItem]:
        """The k nearest items by the cosine of the input vectors, nearest first, without the item itself.

        Raises IllegalArgumentException when the item has no vector or k is negative.
        """
        if is_remote():
            return self._similar_by_transform(item, k)
        return _scored(self.java().similarItems(item, int(k)))

    def predictOutput(self, context: Sequence[str], k: int) -> list[ScoredItem]:
        """The k items most likely next to this context, oldest first, with probabilities over all items.

        Unknown items of the context are passed over; [] when none is known. Items of the context may be in the result.
        """
        self.java()
        return _scored(self._call_java("predictOutput", list(context), int(k)))

    def _similar_by_transform(self, item: str, k: int) -> list[ScoredItem]:
        """The same by the way that Spark Connect allows: the list of a row that holds the item alone."""
        lister = self.copy().setItemsCol("items").setPredictionCol("list").setScoresCol("scores").setScoring("cosine").setK(k)
        rows = SparkSession.active().createDataFrame([([item],)], "items array<string>")
        row = lister.transform(rows).select("list", "scores").collect()[0]
        if row["list"] is None:
            raise IllegalArgumentException(f"no vector for item '{item}'")
        return [ScoredItem(*scored) for scored in zip(row["list"], row["scores"])]

    def recommend(
        self,
        users: DataFrame,
        k: int,
        *,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        seen: bool = False,
        scores: Scores = "product",
        popular: Mapping[str, int] | None = None,
    ) -> DataFrame:
        """The k best items of each user that the user does not know yet, as the columns items, scores and cold.

        A shortcut of Recommender(k, ...).recommend(self, users), which says what the columns are.
        """
        from item2vec_spark.recommend import Recommender

        return Recommender(k, only, without, seen, scores, popular).recommend(self, users)


def _scored(java_items: Any) -> list[ScoredItem]:
    return [ScoredItem(near.item(), near.score()) for near in java_items]
