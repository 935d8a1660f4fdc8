"""Item2Vec for PySpark 4.1, to be put beside a program; needs spark.jars=target/item2vec-spark.jar.

The params are the Java estimator's: Item2Vec(vectorSize=64, maxIter=50).fit(sequences); explainParams() lists them.
"""
import sys

from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame

JAVA = "io.github.item2vec.train"
# where PipelineModel.load looks for the Python classes of a saved pipeline's stages
sys.modules[JAVA] = sys.modules[__name__]


class Item2Vec(JavaEstimator, JavaMLReadable, JavaMLWritable):
    __module__ = JAVA  # load() finds the Java class by it

    def __init__(self, **params):
        super().__init__()
        self._java_obj = self._new_java_obj(f"{JAVA}.Item2Vec", self.uid)
        self._create_params_from_java()
        self._set(**params)

    def _create_model(self, java_model):
        return Item2VecModel(java_model)


class Item2VecModel(JavaModel, JavaMLReadable, JavaMLWritable):
    __module__ = JAVA

    def similarItems(self, item, k):
        return [(near.item(), near.score()) for near in self._java_obj.similarItems(item, k)]

    def predictOutput(self, context, k):
        return [(near.item(), near.score()) for near in self._call_java("predictOutput", context, k)]

    def recommend(self, users, k):
        """The k best items of each user that the user does not know yet: a DataFrame of user, items, scores.

        users has the columns user and context, an array<string> of what the user liked, oldest first; optionally rated,
        what the user rated but does not like, and leaveOut, what is not to be recommended for other reasons."""
        spark = users.sparkSession
        recommender = spark._jvm.io.github.item2vec.recommend.Recommender(k)
        return DataFrame(recommender.byVectors(users._jdf, self._java_obj.itemVectors()), spark)
