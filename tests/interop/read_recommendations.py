#!/usr/bin/env python3
"""Reads every published list in both forms and compares it with recommendations/.

Usage: read_recommendations.py PORT OUTPUT
"""
import json
import sys
import uuid

import pyarrow.parquet as parquet
import redis


def mapping(path):
    rows = parquet.read_table(path).to_pydict()
    return dict(zip(rows["id"], map(uuid.UUID, rows["uuid"])))


def main(port, output):
    client = redis.Redis(port=int(port))
    with open(f"{output}/run.json", encoding="utf-8") as file:
        run = json.load(file)
    assert run["status"] == "SUCCEEDED", run
    prefix = run["publish"]["prefix"].encode()
    users, items = mapping(f"{output}/ids/users"), mapping(f"{output}/ids/items")
    lists = parquet.read_table(f"{output}/recommendations").to_pydict()
    assert len(lists["user"]) == run["publish"]["users"], "as many lists as users published"
    for user, recommended in zip(lists["user"], lists["items"]):
        expected = [items[item] for item in recommended]
        text = client.lrange(prefix + str(users[user]).encode(), 0, -1)
        binary = client.lrange(prefix + users[user].bytes, 0, -1)
        assert [uuid.UUID(member.decode()) for member in text] == expected, user
        assert [uuid.UUID(bytes=member) for member in binary] == expected, user
    keys = client.dbsize()
    assert keys == 2 * len(lists["user"]), f"{keys} keys for {len(lists['user'])} users in two layouts"
    print(f"{len(lists['user'])} users: both layouts equal recommendations/, {keys} keys")


if __name__ == "__main__":
    main(*sys.argv[1:])
