"""Top-K lists by exact scoring of the whole catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Collection, Literal, Mapping

from pyspark.serializers import CPickleSerializer
from pyspark.sql import DataFrame, functions, is_remote

from item2vec_spark.java import require_session
from item2vec_spark.model import Item2VecModel
from item2vec_spark.session import jvm_class

_PACKAGE = "io.github.item2vec.recommend"
_PROFILE, _OWN = "item2vec_profile", "item2vec_leave_out"
Scores = Literal["product", "probability", "none"]


@dataclass(frozen=True)
class Recommender:
    """Makes lists of k items; immutable, runs nothing before an action of Spark.

        Recommender(100, without=sold_out, scores="probability").recommend(model, users)

    k: length of a list, >= 1; a list is shorter only when fewer items may be recommended.
    only: recommends these items alone. without: none of these.
    seen: whether a user's own items may be in the list.
    scores: "product" (of profile and output vector), "probability" (softmax over all items) or "none".
    popular: counts by item; who has no known item gets the list of the most counted ones. Without it, no list.
    """

    k: int
    only: Collection[str] | None = None
    without: Collection[str] = ()
    seen: bool = False
    scores: Scores = "product"
    popular: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        if self.k < 1:
            raise ValueError(f"k = {self.k}: must be >= 1")
        if self.scores not in ("product", "probability", "none"):
            raise ValueError(f'scores = {self.scores!r}: must be "product", "probability" or "none"')
        for name in ("only", "without"):
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} = {getattr(self, name)!r}: must be a collection of items, not one item")

    def recommend(self, model: Item2VecModel, users: DataFrame) -> DataFrame:
        """Lists by the profiles of users.

        users has a column context, array<string>: what the user liked, oldest first; optionally rated, array<string>: what the
        user rated but does not like, and leaveOut, array<string>: what is not to be recommended for other reasons; and any
        others, which are kept. Adds

        items   array<string>, best first; null when the user gets no list
        scores  array<float>, falling, as scores says; null when the user gets no list, or without scores
        cold    boolean: none of the user's items has a vector
        """
        if not isinstance(model, Item2VecModel):
            raise TypeError(f"model is an {type(model).__name__}: must be an Item2VecModel, as fit returns it")
        require_columns(users, "users", ["context"])
        if is_remote():
            return self._by_transform(model, users)
        java = self._java()
        return DataFrame(java.byVectors(users._jdf, model.java().itemVectors()), users.sparkSession)

    def recommendByProfiles(self, users: DataFrame, profileCol: str, items: DataFrame) -> DataFrame:
        """Lists by given profiles, such as ALS's factors; adds what recommend adds.

        profileCol: a column of users, array<float> or array<double> or a vector; null for a cold user. users may have context,
        the seen items. items has the columns item (distinct), vector, and optionally eligible, boolean.
        """
        require_columns(users, "users", [profileCol])
        require_columns(items, "items", ["item", "vector"])
        return DataFrame(self._java().byProfiles(users._jdf, profileCol, items._jdf), users.sparkSession)

    def similarItems(self, items: DataFrame) -> DataFrame:
        """The nearest items of every item by cosine, without the item itself.

        items has the columns item (distinct) and vector. Returns user (the item), items and scores.
        """
        require_columns(items, "items", ["item", "vector"])
        return DataFrame(self._java().similarItems(items._jdf), items.sparkSession)

    def _by_transform(self, model: Item2VecModel, users: DataFrame) -> DataFrame:
        """The same lists by the model's transform, the way that Spark Connect allows."""
        if self.only is not None or self.seen or self.popular is not None:
            raise NotImplementedError("only, seen and popular need the driver's JVM, which Spark Connect does not give to its clients")
        lister = model.copy().setItemsCol("context").setOutputCol(_PROFILE).setPredictionCol("items").setScoresCol("scores")
        lister.setK(self.k).setScoring("probability" if self.scores == "probability" else "product")
        lists = lister.transform(self._with_left_out(users)).withColumn("cold", functions.col(_PROFILE).isNull())
        scores = functions.lit(None).cast("array<float>") if self.scores == "none" else functions.col("scores")
        own = [functions.col(_OWN).alias("leaveOut") if name == "leaveOut" else functions.col(name) for name in users.columns]
        return lists.select(*own, "items", scores.alias("scores"), "cold")

    def _with_left_out(self, users: DataFrame) -> DataFrame:
        """The items of without among each user's leaveOut; the users' own leaveOut under another name."""
        without = functions.lit(list(self.without)) if self.without else functions.array().cast("array<string>")
        if "leaveOut" not in users.columns:
            return users.withColumn("leaveOut", without)
        nothing = functions.array().cast("array<string>")
        both = functions.concat(functions.coalesce("leaveOut", nothing), without)
        return users.withColumn(_OWN, functions.col("leaveOut")).withColumn("leaveOut", both)

    def _java(self) -> Any:
        require_session("Recommender")
        java = jvm_class(f"{_PACKAGE}.Recommender")(int(self.k), self._cold_users(), self._popular_items())
        java = java.seen(_constant("Seen", "KEEP" if self.seen else "LEAVE_OUT"))
        java = java.scores(_constant("Scores", self.scores.upper()))
        if self.only is not None:
            java = java.only(_in_one_trip(list(self.only)))
        return java.without(_in_one_trip(list(self.without)))

    def _cold_users(self) -> Any:
        return _constant("ColdUsers", "SKIP" if self.popular is None else "POPULAR")

    def _popular_items(self) -> Any:
        return jvm_class(f"{_PACKAGE}.PopularItems").of(_in_one_trip(dict(self.popular or {})))


def require_columns(rows: DataFrame, name: str, columns: list[str]) -> None:
    """Raises ValueError when a column is missing."""
    for column in columns:
        if column not in rows.columns:
            raise ValueError(f"{name} has no column {column}; its columns are {', '.join(rows.columns)}")


def _constant(enum: str, name: str) -> Any:
    return getattr(jvm_class(f"{_PACKAGE}.{enum}"), name)


def _in_one_trip(values: list[str] | dict[str, int]) -> Any:
    """A java.util.List or Map of the values; Py4J would call Java once per value."""
    pickled = bytearray(CPickleSerializer().dumps(values))  # type: ignore[no-untyped-call]
    return jvm_class("org.apache.spark.ml.python.MLSerDe").loads(pickled)
