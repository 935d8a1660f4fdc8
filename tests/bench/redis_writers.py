"""The writers that redis.sh compares. Usage: redis_writers.py PORT USERS [LAYOUT ...]"""
import random
import subprocess
import sys
import tempfile
import time
import uuid

import redis
from pyspark.sql import SparkSession, functions as F

CATALOGUE, LENGTH, SIMILAR, SEED, LOOP_USERS = 1447, 100, 20, 42, 20_000
LAYOUTS = ("list-text", "list-binary", "packed", "indexed", "bucketed")
WARM_UPS, ROUNDS = 2, 3


class Table:
    """Measures writers in turn, ROUNDS times each, and keeps the fastest round of each: other work on the machine slows any.
    Ratios are to the first row's users/s and to list-text's bytes/user."""

    def __init__(self, client):
        self.client, self.writers = client, []

    def row(self, name, users, write, warm_ups=0):
        self.writers.append((name, users, write))
        for _ in range(warm_ups):
            self.client.flushall()
            write()

    def measured(self, name, users, write):
        self.client.flushall()
        self.client.memory_purge()
        before, start = self.client.info(), time.perf_counter()
        write()
        seconds, after = time.perf_counter() - start, self.client.info()
        cpu = sum(after[f] - before[f] for f in ("used_cpu_user", "used_cpu_sys"))
        return users / seconds, 100 * cpu / seconds, 1e6 * cpu / users, (after["used_memory"] - before["used_memory"]) / users

    def print(self):
        rounds = [[self.measured(*writer) for writer in self.writers] for _ in range(ROUNDS)]
        best = {name: max(row[i] for row in rounds) for i, (name, _, _) in enumerate(self.writers)}
        loop, text = best[self.writers[0][0]][0], best.get("list-text", [float("nan")])[-1]
        print("| writer | users | users/s | x loop | server CPU | us/user | bytes/user | of list-text |\n|---|---|---|---|---|---|---|---|")
        for name, users, _ in self.writers:
            speed, share, cpu, size = best[name]
            print(f"| {name} | {users:,} | {speed:,.0f} | {speed / loop:.1f} | {share:.0f} % | {cpu:.2f} | {size:,.1f} | {size / text:.3f} |")
        return best


def print_similar(best, layouts, taken):
    """What the lists of similar items add: to the time of a publish, and the bytes that their own keys take."""
    print(f"\n| layout | users/s without | with {SIMILAR} similar items of {CATALOGUE:,} items | bytes/item |\n|---|---|---|---|")
    for layout in layouts:
        without, together = best[layout][0], best[f"{layout}, similar items"][0]
        print(f"| `{layout}` | {without:,.0f} | {together:,.0f} ({100 * together / without - 100:+.1f} %) | {taken[layout]:,.1f} |")


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


def main(port, users, layouts):
    client = redis.Redis(port=port)
    uuids = [str(uuid.uuid5(uuid.NAMESPACE_DNS, str(i))) for i in range(CATALOGUE)]
    rng = random.Random(SEED)
    lists = [(str(uuid.UUID(int=rng.getrandbits(128))), rng.sample(uuids, LENGTH)) for _ in range(LOOP_USERS)]
    table = Table(client)
    table.row("redis-py, one RPUSH per user", LOOP_USERS, lambda: loop(client, lists))
    table.row("redis-py, pipeline of 1000", LOOP_USERS, lambda: pipeline(client, lists))

    spark = (SparkSession.builder.master("local[4]").config("spark.jars", "target/item2vec-spark.jar")
             .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
             .config("spark.driver.bindAddress", "127.0.0.1")
             .config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "6g").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    spark.createDataFrame([(str(i), u) for i, u in enumerate(uuids)], "id string, uuid string").cache().createOrReplaceTempView("catalogue")
    step = (F.xxhash64("id") % 700 + 701).cast("int")  # 1 .. 1400, so that a list repeats no item often
    data = (spark.range(0, users, 1, 4)
            .select(F.expr("format_string('%s-0000-4000-8000-%s', lpad(hex(id), 8, '0'), lpad(hex(id), 12, '0'))")
                    .alias("user"),
                    F.transform(F.sequence(F.lit(0), F.lit(LENGTH - 1)),
                                lambda i: ((i * step) % CATALOGUE).cast("string")).alias("items"))
            .withColumn("user", F.lower("user")).cache())
    data.count()

    nearest = F.transform(F.sequence(F.lit(1), F.lit(SIMILAR)), lambda i: ((F.col("id") + i * 71) % CATALOGUE).cast("string"))
    items = spark.range(0, CATALOGUE, 1, 1).select(F.col("id").cast("string").alias("user"), nearest.alias("items"), F.lit(True).alias("similar"))
    both = data.withColumn("similar", F.lit(False)).unionByName(items)
    taken = {}

    def write(layout, ttl=0, rows=data, similar=0):
        (rows.write.format("item2vec-redis").mode("overwrite").option("target", f"127.0.0.1:{port}").option("layout", layout)
         .option("catalogue", "catalogue").option("expected-users", users).option("similar-items", similar).option("ttl", ttl).save())

    def write_both(layout):
        write(layout, 0, both, CATALOGUE)

    def bytes_taken(layout, write_one):
        client.flushall()
        write_one(layout)
        return int(client.hget(f"recs:{client.get(f'recs:{layout}:current').decode()}:meta", "bytes"))

    with tempfile.NamedTemporaryFile() as file:
        some = data.select("user").limit(min(users, 100_000)).collect()
        commands(file, [(user, lists[i % LOOP_USERS][1]) for i, (user,) in enumerate(some)])
        table.row("redis-cli --pipe, list-text's commands", len(some), lambda: pipe(port, file))
        for layout in layouts:
            table.row(layout, users, lambda layout=layout: write(layout), WARM_UPS)
            table.row(f"{layout}, similar items", users, lambda layout=layout: write_both(layout), WARM_UPS)
            taken[layout] = (bytes_taken(layout, write_both) - bytes_taken(layout, write)) / CATALOGUE
        for layout in [layout for layout in layouts if layout in ("indexed", "bucketed")]:
            table.row(layout + ", expiring", users, lambda layout=layout: write(layout, 86400), 1)
        print_similar(table.print(), layouts, taken)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or LAYOUTS)
