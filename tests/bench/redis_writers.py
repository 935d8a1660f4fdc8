"""The writers that redis.sh compares. Usage: redis_writers.py PORT USERS"""
import random
import sys
import time
import uuid

import redis
from pyspark.sql import SparkSession, functions as F

CATALOGUE, LENGTH, SEED, LOOP_USERS = 1447, 100, 42, 20_000


def measure(client, name, users, write):
    client.flushall()
    client.memory_purge()
    before, start = client.info(), time.perf_counter()
    write()
    seconds, after = time.perf_counter() - start, client.info()
    cpu = sum(after[f] - before[f] for f in ("used_cpu_user", "used_cpu_sys"))
    size = (after["used_memory"] - before["used_memory"]) / users
    print(f"{name:24} {users:9,} users  {users / seconds:10,.0f} users/s  {100 * cpu / seconds:4.0f} % server CPU"
          f"  {1e6 * cpu / users:6.2f} us/user  {size:8.1f} bytes/user", flush=True)


def loop(client, lists):
    for user, items in lists:
        client.rpush(user, *items)


def pipeline(client, lists):
    for start in range(0, len(lists), 1000):
        batch = client.pipeline(transaction=False)
        for user, items in lists[start:start + 1000]:
            batch.rpush(user, *items)
        batch.execute()


def main(port, users):
    client = redis.Redis(port=port)
    ids = [str(uuid.UUID(int=random.Random(SEED + i).getrandbits(128))) for i in range(CATALOGUE)]
    rng = random.Random(SEED)
    lists = [(str(uuid.UUID(int=rng.getrandbits(128))), rng.sample(ids, LENGTH)) for _ in range(LOOP_USERS)]
    measure(client, "redis-py loop", LOOP_USERS, lambda: loop(client, lists))
    measure(client, "redis-py pipeline", LOOP_USERS, lambda: pipeline(client, lists))

    spark = (SparkSession.builder.master("local[4]").config("spark.jars", "target/item2vec-spark.jar")
             .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
             .config("spark.driver.bindAddress", "127.0.0.1")
             .config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "3g").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    spark.createDataFrame([(i, i) for i in ids], "id string, uuid string").createOrReplaceTempView("catalogue")
    names = F.array(*[F.lit(i) for i in ids])
    step = (F.xxhash64("id") % 700 + 701).cast("int")  # 1 .. 1400, so that a list repeats no item often
    data = (spark.range(0, users, 1, 4)
            .select(F.expr("format_string('%s-0000-4000-8000-%s', lpad(hex(id), 8, '0'), lpad(hex(id), 12, '0'))")
                    .alias("user"),
                    F.transform(F.sequence(F.lit(0), F.lit(LENGTH - 1)),
                                lambda i: F.element_at(names, ((i * step) % CATALOGUE + 1).cast("int"))).alias("items"))
            .withColumn("user", F.lower("user")).cache())
    data.count()
    for layout in ("list-text", "list-text", "list-binary", "packed", "indexed"):
        measure(client, "data source " + layout, users, lambda: (
            data.write.format("redis").mode("overwrite").option("target", f"127.0.0.1:{port}")
            .option("layout", layout).option("catalogue", "catalogue").option("ttl", 86400).save()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
