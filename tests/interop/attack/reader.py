"""Reads lists of random users all the time and sees that each is wholly of the generation that it is read from."""
import random
import sys
import threading
import time
import uuid
from pathlib import Path

import redis

sys.path.insert(0, str(Path(__file__).parents[3] / "src/main/python"))
from item2vec_spark.reader import Item2VecReader  # noqa: E402

ITEMS, LENGTH = 200, 20


def user(number):
    return uuid.UUID(f"00000000-0000-4000-8000-{number:012x}")


def expected(tag, number):
    return [uuid.UUID(f"{tag:08x}-0000-4000-8000-{(7 * number + j) % ITEMS:012x}") for j in range(LENGTH)]


class Reader(threading.Thread):
    """One layout's lists; also keeps which runs the pointer has named."""

    def __init__(self, server, prefix, layout, users, seed):
        super().__init__(daemon=True)
        self.server, self.prefix, self.layout, self.users = server, prefix, layout, users
        self.random = random.Random(seed)
        self.client = server.client()
        self.lists = self.errors = 0
        self.faults, self.followed = [], {}
        self.ended = threading.Event()

    def run(self):
        reader = Item2VecReader(self.client, self.prefix, self.layout, pointer_seconds=0.02)
        while not self.ended.is_set():
            try:
                self.look(reader)
            except (redis.RedisError, OSError):  # the server is down, or standing still
                self.errors += 1
                time.sleep(0.05)
            except Exception as error:  # noqa: BLE001
                self.faults.append(f"{self.layout}: {type(error).__name__}: {error}")
                time.sleep(0.5)

    def look(self, reader):
        number = self.random.randrange(self.users)
        items = reader.read(user(number))
        generation = reader.generation
        if generation is None:
            return
        tag = self.followed.get(generation)
        if tag is None:
            run = self.client.hget(f"{self.prefix}{generation}:meta", "run")
            if run is None:
                return  # removed meanwhile
            tag = self.followed[generation] = int(run.decode().rpartition("-")[2])
        if items != expected(tag, number):
            what = "no list" if not items else f"{len(items)} items of {sorted({str(i)[:8] for i in items})}"
            self.faults.append(f"{self.layout}: user {number} of generation {generation} (tag {tag:08x}): {what}")
        self.lists += 1
        time.sleep(0.002)

    def tags(self):
        return set(self.followed.values())
