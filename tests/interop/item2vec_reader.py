"""Reads the lists that item2vec-spark publishes; needs redis-py alone.

    reader = Item2VecReader(redis.Redis(), layout="indexed")
    reader.read(uuid.UUID("..."))            # [uuid.UUID, ...], best first, [] for none
"""
import time
import uuid


class Item2VecReader:
    """Follows the pointer of one layout under one prefix; caches it for `pointer_seconds`."""

    def __init__(self, client, prefix="recs:", layout="list-text", pointer_seconds=1.0):
        self.client, self.prefix, self.layout = client, prefix, layout
        self.pointer_seconds = pointer_seconds
        self.generation, self.read_at = None, float("-inf")
        self.width, self.dictionary = 16, None

    def read(self, user):
        if time.monotonic() - self.read_at >= self.pointer_seconds:
            self._follow()
        items = self._list(user)
        while not items:  # a generation removed since the pointer was read looks like no list
            known = self.generation
            self._follow()
            if self.generation == known:
                break
            items = self._list(user)
        return items

    def _follow(self):
        pointer = self.client.get(f"{self.prefix}{self.layout}:current")
        generation = pointer.decode() if pointer else None
        if generation and generation != self.generation:
            self._load(generation)
        self.generation, self.read_at = generation, time.monotonic()

    def _load(self, generation):
        meta = self.client.hgetall(f"{self.prefix}{generation}:meta")
        if not meta:
            return  # expired: its lists are too
        if meta[b"format"] != b"1" or meta[b"layout"].decode() != self.layout:
            raise ValueError(f"generation {generation} is of another format or layout: {meta}")
        self.width = int(meta[b"itemBytes"])
        self.dictionary = None
        if self.layout == "indexed":
            self.dictionary = self.client.get(f"{self.prefix}{generation}:items")

    def _list(self, user):
        if self.generation is None:
            return []
        start = f"{self.prefix}{self.generation}:".encode()
        if self.layout == "list-text":
            members = self.client.lrange(start + str(user).encode(), 0, -1)
            return [uuid.UUID(member.decode()) for member in members]
        if self.layout == "list-binary":
            return [uuid.UUID(bytes=m) for m in self.client.lrange(start + user.bytes, 0, -1)]
        value = self.client.get(start + user.bytes) or b""
        parts = [value[at:at + self.width] for at in range(0, len(value), self.width)]
        if self.dictionary is not None:
            places = [int.from_bytes(part, "big") * 16 for part in parts]
            parts = [self.dictionary[at:at + 16] for at in places]
        return [uuid.UUID(bytes=part) for part in parts]
