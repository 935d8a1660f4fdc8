"""Reads the lists that item2vec-spark publishes; needs redis-py alone (5 for clients with decode_responses=True).

    reader = Item2VecReader(redis.Redis(), layout="indexed")
    reader.read(user)                     # [uuid.UUID, ...], best first, [] for none
    reader.read(user, seen={item, ...})   # without what the user has seen since
    reader.read_scored(user)              # [(uuid.UUID, score), ...]; score is None without scores
    reader.read_many([user, ...])         # a list per user, in one round trip
    reader.similar(item)                  # the nearest items, if publish.similar-items has stored them

Users and items are uuid.UUID, or text that is one in any spelling: upper case, in braces, after urn:uuid:, without dashes.
"""
from __future__ import annotations

import re
import struct
import time
import uuid
from collections.abc import Iterable
from typing import Any, Union

Id = Union[uuid.UUID, str]
Scored = list[tuple[uuid.UUID, Union[float, None]]]
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}")


class Item2VecReader:
    """Follows the pointer of one layout under one prefix; caches it for `pointer_seconds`. Each list, and each batch of
    lists, comes whole from one generation.

    ValueError for a text that is no UUID, LookupError for a generation that is not whole or holds no similar items.
    """

    def __init__(
        self, client: Any, prefix: str = "recs:", layout: str = "list-text", pointer_seconds: float = 1.0
    ) -> None:
        self.client, self.prefix, self.layout = client, prefix, layout
        self.pointer_seconds = pointer_seconds
        decoding = hasattr(client, "get_encoder") and client.get_encoder().decode_responses
        self.raw: dict[str, bool] = {"NEVER_DECODE": True} if decoding else {}
        self.generation: str | None = None
        self.read_at = float("-inf")
        self.bits, self.scores, self.buckets = 128, False, 1
        self.similar_buckets: int | None = None
        self.dictionary: bytes | None = None

    def read(self, user: Id, seen: Iterable[Id] = ()) -> list[uuid.UUID]:
        return [item for item, _ in self.read_scored(user, seen)]

    def read_scored(self, user: Id, seen: Iterable[Id] = ()) -> Scored:
        without = set(map(as_uuid, seen))
        return [scored for scored in self._lists([user], False)[0] if scored[0] not in without]

    def read_many(self, users: Iterable[Id]) -> list[list[uuid.UUID]]:
        return [[item for item, _ in scored] for scored in self.read_many_scored(users)]

    def read_many_scored(self, users: Iterable[Id]) -> list[Scored]:
        return self._lists(users, False)

    def similar(self, item: Id) -> list[uuid.UUID]:
        return [other for other, _ in self.similar_scored(item)]

    def similar_scored(self, item: Id) -> Scored:
        """The scores are cosines."""
        return self._lists([item], True)[0]

    def similar_many(self, items: Iterable[Id]) -> list[list[uuid.UUID]]:
        return [[other for other, _ in scored] for scored in self._lists(items, True)]

    def _lists(self, ids: Iterable[Id], similar: bool) -> list[Scored]:
        owners = list(map(as_uuid, ids))
        if time.monotonic() - self.read_at >= self.pointer_seconds:
            self._follow()
        lists = self._fetch(owners, similar)
        while not all(lists):  # a generation removed since the pointer was read looks like no list
            known = self.generation
            self._follow()
            if self.generation == known:
                break
            lists = self._fetch(owners, similar)
        return lists

    def _follow(self) -> None:
        generation = self._pointer()
        while generation and generation != self.generation:
            try:
                self._load(generation)
                break
            except LookupError:
                known, generation = generation, self._pointer()
                if generation == known:
                    raise  # else it was removed since the pointer was read
        self.generation, self.read_at = generation, time.monotonic()

    def _pointer(self) -> str | None:
        pointer = self._raw("GET", f"{self.prefix}{self.layout}:current")
        return pointer.decode() if pointer else None

    def _load(self, generation: str) -> None:
        """All or nothing: what fails leaves the generation before."""
        meta = self._raw("HGETALL", f"{self.prefix}{generation}:meta")
        if not meta:
            raise self._missing(generation, "meta")
        if meta[b"format"] != b"1" or meta[b"layout"].decode() != self.layout:
            raise ValueError(f"generation {generation} is of another format or layout: {meta}")
        dictionary = None
        if self.layout in ("indexed", "bucketed"):
            dictionary = self._raw("GET", f"{self.prefix}{generation}:items")
            if dictionary is None:
                raise self._missing(generation, "items")
        self.bits = int(meta[b"itemBits"]) if b"itemBits" in meta else 8 * int(meta[b"itemBytes"])
        self.scores = b"scores" in meta
        self.buckets = int(meta.get(b"buckets", 1))
        self.similar_buckets = int(meta.get(b"similarBuckets", 1)) if b"similarItems" in meta else None
        self.dictionary = dictionary

    def _missing(self, generation: str, key: str) -> LookupError:
        return LookupError(f"generation {generation} of layout {self.layout} has no key "
                           f"{self.prefix}{generation}:{key}: it has expired or was removed; publish again")

    def _raw(self, *command: Any) -> Any:
        """Bytes, also from a client that was made with decode_responses=True."""
        return undecoded(self.client.execute_command(*command, **self.raw))

    def _fetch(self, owners: list[uuid.UUID], similar: bool) -> list[Scored]:
        if self.generation is None:
            return [[] for _ in owners]
        if similar and self.similar_buckets is None:
            raise LookupError(f"generation {self.generation} of layout {self.layout} holds no similar items: "
                              "publish with publish.similar-items")
        commands = [self._command(owner, similar) for owner in owners]
        if len(commands) == 1:
            return [self._decoded(self._raw(*commands[0]))]
        batch = self.client.pipeline(transaction=False)
        for command in commands:
            batch.execute_command(*command, **self.raw)
        return [self._decoded(undecoded(value)) for value in batch.execute()]

    def _command(self, owner: uuid.UUID, similar: bool) -> tuple[Any, ...]:
        start = f"{self.prefix}{self.generation}:{'similar-items:' if similar else ''}".encode()
        if self.layout == "list-text":
            return "LRANGE", start + str(owner).encode(), 0, -1
        if self.layout == "list-binary":
            return "LRANGE", start + owner.bytes, 0, -1
        if self.layout == "bucketed":
            buckets = self.similar_buckets if similar and self.similar_buckets else self.buckets
            bucket = murmur3(str(owner).encode()) % buckets
            return "HGET", start + b"%08x" % bucket, owner.bytes
        return "GET", start + owner.bytes

    def _decoded(self, value: Any) -> Scored:
        if self.layout == "list-text":
            return [(uuid.UUID(undecoded(member).decode()), None) for member in value]
        if self.layout == "list-binary":
            return [(uuid.UUID(bytes=undecoded(member)), None) for member in value]
        value = value or b""
        items, scores = self._split(value) if self.scores and value else (value, None)
        bits, number = self.bits, int.from_bytes(items, "big")
        ends = range(8 * len(items) - bits, -1, -bits)
        places = [number >> end & ((1 << bits) - 1) for end in ends]
        if self.dictionary is None:
            uuids = [uuid.UUID(int=place) for place in places]
        else:
            uuids = [uuid.UUID(bytes=self.dictionary[16 * p:16 * p + 16]) for p in places]
        return list(zip(uuids, scores)) if scores else [(item, None) for item in uuids]

    def _split(self, value: bytes) -> tuple[bytes, list[float]]:
        """Items, then the least and the greatest score as floats and a byte a score."""
        size = 8 * (len(value) - 8) // (self.bits + 8)
        start = len(value) - 8 - size
        least, greatest = struct.unpack(">ff", value[start:start + 8])
        return value[:start], [least + (greatest - least) * step / 255 for step in value[start + 8:]]


def as_uuid(owner: Id) -> uuid.UUID:
    if isinstance(owner, uuid.UUID):
        return owner
    text = str(owner).lower()
    bare = text[1:-1] if text[:1] + text[-1:] == "{}" else text.removeprefix("urn:uuid:")
    if not UUID_TEXT.fullmatch(bare):
        raise ValueError(f"no UUID: {owner!r}")
    return uuid.UUID(bare)


def undecoded(value: Any) -> Any:
    """Text in place of bytes would be read as another list, or none."""
    if isinstance(value, str) or hasattr(value, "__await__"):
        raise TypeError("the client decodes replies, or is an asyncio one: give a redis-py client that does neither, "
                        "or one of redis-py 5 with decode_responses=True")
    return value


def murmur3(text: bytes, seed: int = 42) -> int:
    """MurmurHash3, x86, 32 bits, as a signed number; the length of the text is a multiple of 4."""
    full, value = 0xFFFFFFFF, seed
    for at in range(0, len(text), 4):
        word = int.from_bytes(text[at:at + 4], "little") * 0xCC9E2D51 & full
        value ^= (word << 15 | word >> 17) * 0x1B873593 & full
        value = ((value << 13 | value >> 19) & full) * 5 + 0xE6546B64 & full
    value ^= len(text)
    value = (value ^ value >> 16) * 0x85EBCA6B & full
    value = (value ^ value >> 13) * 0xC2B2AE35 & full
    value ^= value >> 16
    return value - (value >> 31 << 32)
