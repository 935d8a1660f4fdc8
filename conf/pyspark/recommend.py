"""An example: ratings to lists in Redis, with PySpark 4.1. RATINGS: tab-separated user, item, rating, timestamp.

spark-submit --jars target/item2vec-spark.jar --conf spark.driver.defaultJavaOptions=--add-modules=jdk.incubator.vector \\
  --conf spark.executor.defaultJavaOptions=--add-modules=jdk.incubator.vector conf/pyspark/recommend.py RATINGS HOST:PORT
"""
import sys

from item2vec import Item2Vec
from pyspark.sql import SparkSession, functions as F

ratings_path, redis = sys.argv[1:]
spark = SparkSession.builder.appName("recommend").getOrCreate()

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
