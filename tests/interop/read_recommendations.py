#!/usr/bin/env python3
"""Reads every published list in every layout, one by one and in batches, and compares it with recommendations/ and similar/.

Usage: read_recommendations.py PORT OUTPUT
"""
import json
import os
import sys
import uuid

import pyarrow.parquet as parquet
import redis

sys.path.insert(0, "src/main/python")
from item2vec_spark.reader import Item2VecReader  # noqa: E402


def mapping(path):
    rows = parquet.read_table(path).to_pydict()
    return dict(zip(rows["id"], map(uuid.UUID, rows["uuid"])))


def read_plainly(client, prefix, user):
    """Both list forms with nothing but redis-py, as a consumer without the reader would."""
    text = client.get(prefix + "list-text:current").decode()
    binary = client.get(prefix + "list-binary:current").decode()
    lists = client.lrange(f"{prefix}{text}:{user}", 0, -1), client.lrange(
        f"{prefix}{binary}:".encode() + user.bytes, 0, -1)
    return [uuid.UUID(m.decode()) for m in lists[0]], [uuid.UUID(bytes=m) for m in lists[1]]


def same_scores(found, scores):
    """As near as a byte per score can be."""
    step = (max(scores) - min(scores)) / 510 + 1e-6 * max(map(abs, scores))
    return all(abs(a - b) <= step for (_, a), b in zip(found, scores))


def read_similar(readers, items, output):
    """How many items have similar ones, which every reader gets."""
    lists = parquet.read_table(f"{output}/similar").to_pydict()
    uuids = [items[item] for item in lists["item"]]
    for reader in readers:
        batch = reader.similar_many(uuids)
        for item, similar, scores, together in zip(uuids, lists["items"], lists["scores"], batch):
            found = reader.similar_scored(item.hex)
            assert [other for other, _ in found] == together == [items[other] for other in similar], (item, reader.layout)
            assert item not in together and len(together) <= 20, (item, reader.layout)
            assert not reader.scores or same_scores(found, scores), (item, reader.layout)
    return len(uuids)


def main(port, output):
    client = redis.Redis(port=int(port), password=os.environ.get("REDIS_PASSWORD"))
    with open(f"{output}/run.json", encoding="utf-8") as file:
        run = json.load(file)
    assert run["status"] == "SUCCEEDED", run
    prefix = run["publish"]["prefix"]
    layouts = run["publish"]["layouts"]
    readers = [Item2VecReader(client, prefix, fields["layout"]) for fields in layouts]
    users, items = mapping(f"{output}/ids/users"), mapping(f"{output}/ids/items")
    lists = parquet.read_table(f"{output}/recommendations").to_pydict()
    assert len(lists["user"]) == run["publish"]["users"], "as many lists as users published"
    scored = 0
    for user, recommended, scores in zip(lists["user"], lists["items"], lists["scores"]):
        expected = [items[item] for item in recommended]
        for reader in readers:
            found = reader.read_scored(users[user])
            assert [item for item, _ in found] == expected, (user, reader.layout)
            if reader.scores:
                assert same_scores(found, scores), (user, reader.layout)
                scored += 1
        assert readers[0].read(users[user].hex.upper()) == expected, user
        assert read_plainly(client, prefix, users[user]) == (expected, expected), user
    everyone = [users[user] for user in lists["user"]]
    for reader in readers:
        assert reader.read_many(everyone) == [[items[i] for i in some] for some in lists["items"]], reader.layout
    similar = read_similar(readers, items, output)
    for fields in layouts:
        assert fields["similarItems"] == similar, fields
        start = f"{prefix}{fields['generation']}:"
        part = f"{start}similar-items:"
        found = [key for key in client.scan_iter(f"{start}*", count=1000) if not key.startswith(f"{start}index:".encode())]
        keys = sum(not key.startswith(part.encode()) for key in found)
        of_items = sum(not key.startswith(f"{part}index:".encode()) for key in found) - keys
        own = 2 if fields["layout"] in ("indexed", "bucketed") else 1  # meta, and the dictionary
        expected = len(lists["user"]) // 64 + 1 if fields["layout"] == "bucketed" else len(lists["user"])
        assert keys == expected + own, f"{keys} keys in {fields}"
        expected = -(-similar // 64) if fields["layout"] == "bucketed" else similar
        assert of_items == expected, f"{of_items} keys of similar items in {fields}"
    print(f"{len(lists['user'])} users: {len(layouts)} layouts equal recommendations/, {scored} lists with their scores; "
          f"{similar} items: similar/")


if __name__ == "__main__":
    main(*sys.argv[1:])
