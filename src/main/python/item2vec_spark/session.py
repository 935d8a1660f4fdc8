"""The jar that the wheel carries, and Spark sessions that have it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from pyspark.sql import SparkSession, is_remote

_VECTOR_MODULE = "--add-modules=jdk.incubator.vector"
_CLASS = "io.github.item2vec.train.Item2Vec"


class JarMissingError(RuntimeError):
    """The Spark session has no item2vec-spark.jar on its class path."""


def jar_path() -> str:
    """The path of the jar with the Java classes, for spark.jars or spark-submit --jars.

    Raises FileNotFoundError when the package was not installed from its wheel.
    """
    jar = files(__package__) / "jars" / "item2vec-spark.jar"
    if not jar.is_file():
        raise FileNotFoundError(
            f"{jar}: not there, because item2vec_spark was not installed from its wheel; "
            "build that by: python3 -m pip wheel --no-deps --wheel-dir target ./src/main/python"
        )
    return str(jar)


def configure(builder: SparkSession.Builder) -> SparkSession.Builder:
    """Adds the jar, and the JVM option for vector instructions, to what the builder has already. Returns the builder.

        spark = item2vec_spark.configure(SparkSession.builder.master("local[*]")).getOrCreate()

    Call it last, after your own spark.jars. It works when the JVM is started by this builder: a session that runs already
    keeps its class path. Results have the same bits with and without vector instructions.
    """
    _append(builder, "spark.jars", ",", jar_path())
    _append(builder, "spark.driver.defaultJavaOptions", " ", _VECTOR_MODULE)
    _append(builder, "spark.executor.defaultJavaOptions", " ", _VECTOR_MODULE)
    return builder


def _append(builder: SparkSession.Builder, key: str, separator: str, value: str) -> None:
    values = [part for part in str(builder._options.get(key, "")).split(separator) if part]
    if value not in values:
        builder.config(key, separator.join([*values, value]))


def require_jar() -> None:
    """Raises JarMissingError, or RuntimeError without a session; under Spark Connect the server has the jar or says no."""
    if is_remote():
        return
    from py4j.java_gateway import JavaPackage  # type: ignore[import-untyped]

    if isinstance(jvm_class(_CLASS), JavaPackage):
        raise JarMissingError(
            "item2vec-spark.jar is not on the class path of the Spark session that runs: start Python anew and make the session by "
            "item2vec_spark.configure(SparkSession.builder).getOrCreate(), or pass spark-submit --jars "
            '"$(python3 -c \'import item2vec_spark; print(item2vec_spark.jar_path())\')"'
        )


def jvm_class(name: str) -> Any:
    """A Java class of the session's JVM by its full name."""
    from pyspark.core.context import SparkContext

    found: Any = SparkContext._jvm
    if found is None:
        raise RuntimeError(
            "no Spark session runs: make one by item2vec_spark.configure(SparkSession.builder).getOrCreate()"
        )
    for part in name.split("."):
        found = getattr(found, part)
    return found
