#!/usr/bin/env python3
"""The redis data source from PySpark and from Spark SQL, read back with redis-py and with Spark. Usage: write_redis.py PORT"""
import sys
import uuid

import redis
from pyspark.sql import SparkSession

import item2vec_spark
from item2vec_spark import Item2VecReader


def main(port):
    spark = item2vec_spark.configure(SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
                                     .config("spark.ui.showConsoleProgress", "false")).getOrCreate()
    users, items = [uuid.uuid4() for _ in range(200)], [uuid.uuid4() for _ in range(30)]
    expected = {user: [items[(i + rank) % 30] for rank in range(10)] for i, user in enumerate(users)}
    rows = [(str(user), [str(item) for item in listed]) for user, listed in expected.items()]
    lists = spark.createDataFrame(rows, "user string, items array<string>")
    lists.createOrReplaceTempView("lists")
    spark.createDataFrame([(str(i), str(i)) for i in items], "id string, uuid string").createOrReplaceTempView("items")
    target, client = f"127.0.0.1:{port}", redis.Redis(port=int(port))

    for layout in ("list-text", "list-binary", "packed", "indexed", "bucketed"):
        (lists.write.format("item2vec-redis").mode("overwrite").option("target", target).option("layout", layout)
         .option("catalogue", "items").option("expected-users", len(users)).save())
        reader = Item2VecReader(client, layout=layout)
        assert all(reader.read(user) == listed for user, listed in expected.items()), layout
        read = spark.read.format("item2vec-redis").option("target", target).option("layout", layout).load()
        assert {row["user"]: row["items"] for row in read.collect()} == dict(rows), layout
        ten = [user for user, _ in rows[:10]]
        assert {row["user"]: row["items"] for row in read.where(read.user.isin(ten)).collect()} == dict(rows[:10]), layout

    spark.sql(f"CREATE TABLE published (user STRING, items ARRAY<STRING>) USING redis "
              f"OPTIONS (target '{target}', prefix 'sql:', layout 'packed')")
    spark.sql("INSERT OVERWRITE published SELECT user, items FROM lists")
    assert {row["user"]: row["items"] for row in spark.sql("SELECT * FROM published").collect()} == dict(rows)
    spark.sql("DROP TABLE published")
    reader = Item2VecReader(client, prefix="sql:", layout="packed")
    assert all(reader.read(user) == listed for user, listed in expected.items())
    print("PySpark and Spark SQL: every layout written and read back")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
