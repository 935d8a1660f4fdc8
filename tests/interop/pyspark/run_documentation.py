#!/usr/bin/env python3
"""Runs each block marked python of README.md and src/site/markdown, page by page. Usage: run_documentation.py PORT DIRECTORY

A block may use the names that CONTRIBUTING.md lists, and client, a redis-py client. redis.example.org:6379 becomes the
server of PORT, hdfs:/// becomes DIRECTORY.
"""
import pathlib
import random
import re
import sys

import redis
from pyspark.sql import SparkSession

import item2vec_spark
from item2vec_spark import Item2Vec

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def planted(spark):
    """Users of one half of the catalogue never like an item of the other."""
    randomness = random.Random(1)
    rows = []
    for user in range(1, 121):
        liked = [f"item-{1 + 2 * n + user % 2}" for n in randomness.sample(range(10), 9)]
        rows.append((f"user-{user}", liked[:6], liked[6:]))
    return spark.createDataFrame(rows, "user string, context array<string>, test array<string>").cache()


def main(port, directory):
    target = f"127.0.0.1:{port}"
    spark = item2vec_spark.configure(SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
                                     .config("spark.ui.showConsoleProgress", "false")).getOrCreate()
    users = planted(spark)
    sequences = users.select(users.context.alias("items")).cache()
    model = Item2Vec(vectorSize=8, minCount=1, maxIter=20).fit(sequences)
    lists = model.recommend(users, 10).select("user", "items", "scores").cache()
    lists.write.format("item2vec-redis").mode("overwrite").option("target", target).save()
    ran = 0
    for page in [pathlib.Path("README.md"), *sorted(pathlib.Path("src/site/markdown").glob("*.md"))]:
        names = {"spark": spark, "users": users, "sequences": sequences, "lists": lists, "model": model,
                 "client": redis.Redis(port=int(port))}
        text = page.read_text()
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 2
            code = block[1].replace("redis.example.org:6379", target)
            code = code.replace("hdfs:///", pathlib.Path(directory).resolve().as_uri() + "/")
            exec(compile("\n" * (line - 1) + code, str(page), "exec"), names)
            ran += 1
    assert ran >= 5, ran
    print(f"PySpark: {ran} blocks of the documentation run")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
