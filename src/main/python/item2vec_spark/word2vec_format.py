"""Models as files of the original word2vec program, as gensim writes and reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from item2vec_spark.java import require_session
from item2vec_spark.model import Item2VecModel
from item2vec_spark.session import jvm_class


@dataclass(frozen=True)
class Word2VecFormat:
    """The files of a model: input vectors, optionally output vectors and counts; paths are Hadoop's.

        Word2VecFormat.binary("hdfs:///models/input.bin").output("hdfs:///models/output.bin").write(model)
        model = Word2VecFormat.text("vectors.txt").counts("counts.txt").read()

    Names that end in .gz or .bz2 are packed. Made by text or binary.
    """

    form: str
    inputPath: str
    outputPath: str | None = None
    countsPath: str | None = None

    @staticmethod
    def text(inputPath: str) -> Word2VecFormat:
        """Text files; the path is that of the input vectors (gensim: wv)."""
        return Word2VecFormat("text", inputPath)

    @staticmethod
    def binary(inputPath: str) -> Word2VecFormat:
        """Binary files; the path is that of the input vectors (gensim: wv)."""
        return Word2VecFormat("binary", inputPath)

    def output(self, path: str) -> Word2VecFormat:
        """The same and a file of the output vectors (gensim: syn1neg), in the same form."""
        return replace(self, outputPath=path)

    def counts(self, path: str) -> Word2VecFormat:
        """The same and a text file of the counts (gensim: fvocab)."""
        return replace(self, countsPath=path)

    def write(self, model: Item2VecModel) -> None:
        """Writes the files that were named. Weights by lag and what follows what have no place in them and are left out.

        Raises IllegalArgumentException when the format cannot hold an item, such as one with a space.
        """
        self._java().write(model.java())

    def read(self) -> Item2VecModel:
        """Reads the files that were named.

        Without counts they are made up as gensim does; without output vectors those are zero. Raises IllegalArgumentException
        that names file and row when a file is damaged.
        """
        return Item2VecModel(self._java().read())

    def _java(self) -> Any:
        require_session("Word2VecFormat")
        files = getattr(jvm_class("io.github.item2vec.train.format.Word2VecFormat"), self.form)(self.inputPath)
        if self.outputPath is not None:
            files = files.output(self.outputPath)
        return files if self.countsPath is None else files.counts(self.countsPath)
