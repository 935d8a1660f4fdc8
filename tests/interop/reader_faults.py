#!/usr/bin/env python3
"""The Python reader where things are missing, and over every kind of client: writes small generations itself and reads them.

Usage: reader_faults.py PORT
"""
import os
import sys
import uuid

import redis
import redis.asyncio

sys.path.insert(0, "src/main/python")
from item2vec_spark.reader import Item2VecReader  # noqa: E402

PREFIX = "reader:"
USER = uuid.uuid4()
ITEMS = [uuid.uuid4() for _ in range(3)]
PACKED = b"".join(item.bytes for item in ITEMS)
LAYOUTS = ("list-text", "list-binary", "packed", "indexed", "bucketed")
SPELLINGS = (str, lambda u: str(u).upper(), lambda u: f"{{{u}}}", lambda u: u.urn, lambda u: f"URN:UUID:{u}".upper(), lambda u: u.hex,
             lambda u: u.hex.upper())
NO_UUIDS = ("", "5", "{}", "0x" + "1" * 30, "1_" * 16, "١" * 32, str(USER)[:-1], f"{{{USER}", f"{USER}}}", f" {USER}", str(USER).replace("-", "", 1),
            USER.bytes, None)


def generation(client, number, layout, **fields):
    client.hset(f"{PREFIX}{number}:meta", mapping={"format": 1, "layout": layout, **fields})
    client.set(f"{PREFIX}{layout}:current", number)
    return f"{PREFIX}{number}:".encode()


def write(client):
    """Each layout's list of USER; the similar items of USER, which is an item's name too, are the same in another order."""
    for part, order in ((b"", (0, 1, 2)), (b"similar-items:", (2, 0))):
        items = [ITEMS[i] for i in order]
        client.rpush(generation(client, "01", "list-text", itemBytes=16, similarItems=1) + part + str(USER).encode(), *map(str, items))
        client.rpush(generation(client, "02", "list-binary", itemBytes=16, similarItems=1) + part + USER.bytes, *(i.bytes for i in items))
        client.set(generation(client, "03", "packed", itemBytes=16, similarItems=1) + part + USER.bytes, b"".join(i.bytes for i in items))
        start = generation(client, "04", "indexed", itemBytes=1, similarItems=1)
        client.set(start + part + USER.bytes, bytes(order))
        client.set(start + b"items", PACKED)
        start = generation(client, "05", "bucketed", itemBits=8, buckets=1, similarItems=1, similarBuckets=1)
        client.hset(start + part + b"00000000", USER.bytes, bytes(order))
        client.set(start + b"items", PACKED)


def read_all(reader):
    assert reader.read(USER) == ITEMS
    assert reader.similar(USER) == [ITEMS[2], ITEMS[0]]
    stranger = uuid.uuid4()
    assert reader.read(stranger) == reader.similar(stranger) == []
    assert reader.read_many([USER, stranger, USER]) == [ITEMS, [], ITEMS]
    assert reader.similar_many([stranger, USER]) == [[], [ITEMS[2], ITEMS[0]]]
    assert reader.read_many([]) == []
    for spell in SPELLINGS:
        assert reader.read(spell(USER)) == ITEMS, spell(USER)
        assert reader.read(USER, seen={spell(ITEMS[1]), spell(stranger)}) == [ITEMS[0], ITEMS[2]], spell(ITEMS[1])
    assert reader.read_scored(USER, seen=set(ITEMS)) == []
    for text in NO_UUIDS:
        for read in (reader.read, reader.similar, lambda u: reader.read_many([USER, u]), lambda u: reader.read(USER, seen=[u])):
            refused(ValueError, "no UUID", read, text)


def refused(error, message, read, *arguments):
    try:
        found = read(*arguments)
    except error as reason:
        assert message in str(reason), reason
    else:
        raise AssertionError(f"{arguments}: {found}")


class Decoding:
    """A client that decodes and does not say so."""

    def __init__(self, client):
        self.client = client

    def execute_command(self, *command, **options):
        value = self.client.execute_command(*command, **options)
        return [text(member) for member in value] if isinstance(value, list) else text(value)


def text(value):
    return value.decode("latin-1") if isinstance(value, bytes) else value


def round_trips(client, reader, users):
    """How often the server has read from a connection for a batch of users, by what it reports of it."""
    def reads():
        return client.info("stats")["total_reads_processed"]
    reader.read(USER)
    question = -(reads() - reads())
    before = reads()
    reader.read_many([USER] * users)  # few enough for redis-py to send them in one piece
    return reads() - before - question


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
        for layout in LAYOUTS:
            read_all(Item2VecReader(connected(**kind), PREFIX, layout))
            assert round_trips(client, Item2VecReader(connected(**kind), PREFIX, layout, 600), 40) == 1, (layout, kind)
    for layout in LAYOUTS:
        refused(TypeError, "decode", Item2VecReader(Decoding(client), PREFIX, layout).read, USER)
        refused(TypeError, "decode", Item2VecReader(redis.asyncio.Redis(port=int(port)), PREFIX, layout).read, USER)
    reader = Item2VecReader(client, PREFIX, "indexed", pointer_seconds=0)
    assert reader.read(USER) == ITEMS
    start = generation(client, "06", "indexed", itemBytes=1)
    client.set(start + USER.bytes, bytes([2, 2]))
    missing(reader, "06:items")
    client.set(start + b"items", PACKED)
    refused(LookupError, "holds no similar items: publish with publish.similar-items", reader.similar, USER)
    client.delete(start + b"items")
    reader = Item2VecReader(client, PREFIX, "indexed", pointer_seconds=0)
    client.delete(start + b"meta")
    missing(reader, "06:meta")
    generation(client, "06", "indexed", itemBytes=1)
    client.set(start + b"items", PACKED)
    assert reader.read(USER) == [ITEMS[2]] * 2
    client.delete(*client.keys(f"{PREFIX}*"))
    print(f"Python reader: {len(kinds)} kinds of clients, five layouts, {len(SPELLINGS)} spellings; batches in one round trip; "
          "what is missing is named")


if __name__ == "__main__":
    main(*sys.argv[1:])
