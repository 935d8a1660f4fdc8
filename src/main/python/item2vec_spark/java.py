"""What every wrapper shares: the way to its Java object."""

from __future__ import annotations

from typing import Any, TypeVar

from pyspark.ml.util import JavaMLReadable, JavaMLReader, MLReadable
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql import is_remote

from item2vec_spark.session import require_jar

R = TypeVar("R", bound=MLReadable[Any])


def new_java(java_class: str, *args: Any) -> Any:
    """A new Java object; under Spark Connect the name of its class, as PySpark's own wrappers have it.

    Raises JarMissingError when the session lacks the jar.
    """
    require_jar()
    return JavaWrapper._new_java_obj(java_class, *args)


def require_session(what: str) -> None:
    """Raises NotImplementedError under Spark Connect, whose clients have no JVM."""
    if is_remote():
        raise NotImplementedError(f"{what} needs the driver's JVM, which Spark Connect does not give to its clients; set predictionCol and transform")
    require_jar()


class Readable(JavaMLReadable[R]):
    """PySpark's JavaMLReadable with a word for a missing jar."""

    @classmethod
    def read(cls) -> JavaMLReader[R]:
        """A reader of what save has written."""
        require_jar()
        return super().read()
