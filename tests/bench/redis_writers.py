"""The writers that redis.sh compares. Usage: redis_writers.py PORT USERS"""
import random
import subprocess
import sys
import tempfile
import time
import uuid

import redis
from pyspark.sql import SparkSession, functions as F

CATALOGUE, LENGTH, SEED, LOOP_USERS = 1447, 100, 42, 20_000
LAYOUTS = ("list-text", "list-binary", "packed", "indexed", "bucketed")
WARM_UPS = 2


class Table:
    """Measures one writer a row; ratios are to the first row's users/s and to the first data source's bytes/user."""

    def __init__(self, client):
        self.client, self.loop, self.text = client, None, None

    def row(self, name, users, write, warm_ups=0):
        for _ in range(warm_ups + 1):
            self.client.flushall()
            self.client.memory_purge()
            before, start = self.client.info(), time.perf_counter()
            write()
            seconds, after = time.perf_counter() - start, self.client.info()
        cpu = sum(after[f] - before[f] for f in ("used_cpu_user", "used_cpu_sys"))
        size = (after["used_memory"] - before["used_memory"]) / users
        self.loop = self.loop or users / seconds
        self.text = self.text or (size if name == "list-text" else None)
        print(f"| {name} | {users:,} | {users / seconds:,.0f} | {users / seconds / self.loop:.1f} | {100 * cpu / seconds:.0f} % "
              f"| {1e6 * cpu / users:.2f} | {size:,.1f} | {size / self.text if self.text else float('nan'):.3f} |", flush=True)


def loop(client, lists):
    for user, items in lists:
        client.rpush(user, *items)


def pipeline(client, lists):
    for start in range(0, len(lists), 1000):
        batch = client.pipeline(transaction=False)
        for user, items in lists[start:start + 1000]:
            batch.rpush(user, *items)
        batch.execute()


def commands(file, lists):
    """The data source's own commands for list-text, without its checks."""
    def command(*parts):
        file.write(b"*%d\r\n" % len(parts))
        for part in parts:
            data = part.encode()
            file.write(b"$%d\r\n%s\r\n" % (len(data), data))
    for user, items in lists:
        command("MULTI")
        command("DEL", "recs:00000000:" + user)
        command("RPUSH", "recs:00000000:" + user, *items)
        command("EXEC")
    file.flush()


def pipe(port, file):
    subprocess.run(["redis-cli", "-p", str(port), "--pipe"], stdin=open(file.name, "rb"), check=True, stdout=subprocess.DEVNULL)


def main(port, users):
    client = redis.Redis(port=port)
    uuids = [str(uuid.uuid5(uuid.NAMESPACE_DNS, str(i))) for i in range(CATALOGUE)]
    rng = random.Random(SEED)
    lists = [(str(uuid.UUID(int=rng.getrandbits(128))), rng.sample(uuids, LENGTH)) for _ in range(LOOP_USERS)]
    print("| writer | users | users/s | x loop | server CPU | us/user | bytes/user | of list-text |\n|---|---|---|---|---|---|---|---|")
    table = Table(client)
    table.row("redis-py, one RPUSH a user", LOOP_USERS, lambda: loop(client, lists))
    table.row("redis-py, pipeline of 1000", LOOP_USERS, lambda: pipeline(client, lists))

    spark = (SparkSession.builder.master("local[4]").config("spark.jars", "target/item2vec-spark.jar")
             .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
             .config("spark.driver.bindAddress", "127.0.0.1")
             .config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "6g").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    spark.createDataFrame([(str(i), u) for i, u in enumerate(uuids)], "id string, uuid string").createOrReplaceTempView("catalogue")
    step = (F.xxhash64("id") % 700 + 701).cast("int")  # 1 .. 1400, so that a list repeats no item often
    data = (spark.range(0, users, 1, 4)
            .select(F.expr("format_string('%s-0000-4000-8000-%s', lpad(hex(id), 8, '0'), lpad(hex(id), 12, '0'))")
                    .alias("user"),
                    F.transform(F.sequence(F.lit(0), F.lit(LENGTH - 1)),
                                lambda i: ((i * step) % CATALOGUE).cast("string")).alias("items"))
            .withColumn("user", F.lower("user")).cache())
    data.count()

    def write(layout, ttl=0):
        (data.write.format("redis").mode("overwrite").option("target", f"127.0.0.1:{port}").option("layout", layout)
         .option("catalogue", "catalogue").option("expected-users", users).option("ttl", ttl).save())

    with tempfile.NamedTemporaryFile() as file:
        commands(file, [(user, lists[i % LOOP_USERS][1]) for i, (user,) in enumerate(data.select("user").limit(min(users, 100_000)).collect())])
        table.row("redis-cli --pipe, list-text's commands", min(users, 100_000), lambda: pipe(port, file))
    for layout in LAYOUTS:
        table.row(layout, users, lambda: write(layout), WARM_UPS)
    for layout in ("indexed", "bucketed"):
        table.row(layout + ", expiring", users, lambda: write(layout, 86400))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
