#!/usr/bin/env python3
"""The Python reader where things are missing, and over every kind of client: writes small generations itself and reads them.

Usage: reader_faults.py PORT
"""
import os
import sys
import uuid

import redis

sys.path.insert(0, "src/main/python")
from item2vec_spark.reader import Item2VecReader  # noqa: E402

PREFIX = "reader:"
USER = uuid.uuid4()
ITEMS = [uuid.uuid4() for _ in range(3)]
PACKED = b"".join(item.bytes for item in ITEMS)


def generation(client, number, layout, **fields):
    client.hset(f"{PREFIX}{number}:meta", mapping={"format": 1, "layout": layout, **fields})
    client.set(f"{PREFIX}{layout}:current", number)
    return f"{PREFIX}{number}:".encode()


def write(client):
    client.rpush(generation(client, "01", "list-text", itemBytes=16) + str(USER).encode(), *map(str, ITEMS))
    client.rpush(generation(client, "02", "list-binary", itemBytes=16) + USER.bytes, *(i.bytes for i in ITEMS))
    client.set(generation(client, "03", "packed", itemBytes=16) + USER.bytes, PACKED)
    start = generation(client, "04", "indexed", itemBytes=1)
    client.set(start + USER.bytes, bytes([0, 1, 2]))
    client.set(start + b"items", PACKED)
    start = generation(client, "05", "bucketed", itemBits=8, buckets=1)
    client.hset(start + b"00000000", USER.bytes, bytes([0, 1, 2]))
    client.set(start + b"items", PACKED)


def missing(reader, key):
    for _ in range(2):  # the second time as the first: nothing of another generation
        try:
            found = reader.read(USER)
        except LookupError as error:
            assert key in str(error) and "publish again" in str(error), error
        else:
            raise AssertionError(f"without {key}: {found}")


def main(port):
    def connected(**settings):
        return redis.Redis(port=int(port), password=os.environ.get("REDIS_PASSWORD"), **settings)

    client = connected()
    write(client)
    kinds = [{}, {"decode_responses": True}, {"protocol": 3}, {"protocol": 3, "decode_responses": True}]
    for kind in kinds:
        for layout in ("list-text", "list-binary", "packed", "indexed", "bucketed"):
            reader = Item2VecReader(connected(**kind), PREFIX, layout)
            assert reader.read(USER) == ITEMS, (layout, kind)
            assert reader.read(uuid.uuid4()) == [], (layout, kind)
    reader = Item2VecReader(client, PREFIX, "indexed", pointer_seconds=0)
    assert reader.read(USER) == ITEMS
    start = generation(client, "06", "indexed", itemBytes=1)
    client.set(start + USER.bytes, bytes([2, 2]))
    missing(reader, "06:items")
    client.delete(start + b"meta")
    missing(reader, "06:meta")
    generation(client, "06", "indexed", itemBytes=1)
    client.set(start + b"items", PACKED)
    assert reader.read(USER) == [ITEMS[2]] * 2
    client.delete(*client.keys(f"{PREFIX}*"))
    print(f"Python reader: {len(kinds)} kinds of clients, five layouts; what is missing is named")


if __name__ == "__main__":
    main(*sys.argv[1:])
