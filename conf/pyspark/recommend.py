"""An example: ratings to lists in Redis, with PySpark. RATINGS: tab-separated user, item, rating, timestamp.

pip install item2vec_spark-0.1.0-py3-none-any.whl pyspark[ml]==4.1.0; python3 conf/pyspark/recommend.py RATINGS HOST:PORT
"""
import sys

from pyspark.sql import SparkSession, functions as F

import item2vec_spark
from item2vec_spark import Item2Vec

ratings_path, redis = sys.argv[1:]
spark = item2vec_spark.configure(SparkSession.builder.appName("recommend")).getOrCreate()

ratings = spark.read.csv(ratings_path, sep="\t", schema="user string, item string, rating double, timestamp long")
in_order = F.sort_array(F.collect_list(F.struct("timestamp", "item", "rating")))
sequences = (
    ratings.groupBy("user").agg(in_order.alias("rows"))
    .select("user", F.expr("filter(rows, row -> row.rating >= 4).item").alias("context"),
            F.expr("filter(rows, row -> row.rating < 4).item").alias("rated"))
    .cache()
)
model = Item2Vec(itemsCol="context", vectorSize=64, minCount=3, seed=42).fit(sequences)
lists = model.recommend(sequences, 100).where("size(items) > 0").cache()

(lists.select("user", "items").write.format("item2vec-redis").mode("overwrite")
 .option("target", redis).option("layout", "packed").option("ttl", 7 * 86400).option("expected-users", lists.count()).save())
print(f"{lists.count()} lists in {redis}; what goes with {lists.first()['items'][0]}:",
      model.similarItems(lists.first()["items"][0], 5))
spark.stop()
