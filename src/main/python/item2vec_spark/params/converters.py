"""PySpark's TypeConverters for what they do not take: numpy's numbers of every width, numpy's booleans."""

from typing import Any

import numpy as np
from pyspark.ml.param import TypeConverters


def to_int(value: Any) -> int:
    """An int of 32 bits: of any whole number, 3.0 among them."""
    return _within(32, TypeConverters.toInt(_plain(value)))


def to_long(value: Any) -> int:
    """An int of 64 bits: of any whole number."""
    return _within(64, TypeConverters.toInt(_plain(value)))


def to_float(value: Any) -> float:
    """A float of any number, 1 among them."""
    return TypeConverters.toFloat(_plain(value))


def to_bool(value: Any) -> bool:
    """A bool of Python's or numpy's."""
    return TypeConverters.toBoolean(_plain(value))


def to_str(value: Any) -> str:
    """A str of Python's or numpy's."""
    return TypeConverters.toString(value)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _within(bits: int, value: int) -> int:
    if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
        raise TypeError(f"{value} has more than {bits} bits")
    return value
