"""Python modules under the names of the Java packages, for PySpark.

PySpark finds the Python class of a saved pipeline's stage by the name of its Java class: it imports
io.github.item2vec.train for an io.github.item2vec.train.Item2VecModel. A directory cannot be that module, because io is a
module of Python's own, so it is put where Python looks first, into sys.modules. item2vec_spark.pth imports this file when
Python starts, so that PipelineModel.load works in a program that does not name this package. Costs three empty modules;
pyspark is not imported before one of them is used.
"""

import sys
from types import ModuleType

_CLASSES = {
    "io.github.item2vec.train": ("Item2Vec", "Item2VecModel"),
    "io.github.item2vec.evaluate": ("TopKEvaluator",),
}


class _JavaPackage(ModuleType):
    """Has the wrappers of one Java package's classes; imports item2vec_spark for the first that is asked for."""

    def __getattr__(self, name: str) -> object:
        if name not in _CLASSES[self.__name__]:
            raise AttributeError(f"item2vec_spark has no Python class for {self.__name__}.{name}")
        import item2vec_spark

        return getattr(item2vec_spark, name)


for _name in _CLASSES:
    sys.modules.setdefault(_name, _JavaPackage(_name, f"The wrappers of the Java package {_name}."))
