"""Reads the lists that item2vec-spark publishes; needs redis-py alone (5 for clients with decode_responses=True).

    reader = Item2VecReader(redis.Redis(), layout="indexed")
    reader.read(uuid.UUID("..."))            # [uuid.UUID, ...], best first, [] for none
    reader.read_scored(uuid.UUID("..."))     # [(uuid.UUID, score), ...]; score is None without scores
"""
from __future__ import annotations

import struct
import time
import uuid
from typing import Any


class Item2VecReader:
    """Follows the pointer of one layout under one prefix; caches it for `pointer_seconds`.

    A user is a uuid.UUID, or a text that is one in any spelling: ValueError for any other.
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
        self.dictionary: bytes | None = None

    def read(self, user: uuid.UUID | str) -> list[uuid.UUID]:
        return [item for item, _ in self.read_scored(user)]

    def read_scored(self, user: uuid.UUID | str) -> list[tuple[uuid.UUID, float | None]]:
        if not isinstance(user, uuid.UUID):
            user = uuid.UUID(str(user))
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
        self.dictionary = dictionary

    def _missing(self, generation: str, key: str) -> LookupError:
        return LookupError(f"generation {generation} of layout {self.layout} has no key "
                           f"{self.prefix}{generation}:{key}: it has expired or was removed; publish again")

    def _raw(self, *command: Any) -> Any:
        """Bytes, also from a client that was made with decode_responses=True."""
        return self.client.execute_command(*command, **self.raw)

    def _list(self, user: uuid.UUID) -> list[tuple[uuid.UUID, float | None]]:
        if self.generation is None:
            return []
        start = f"{self.prefix}{self.generation}:".encode()
        if self.layout == "list-text":
            members = self._raw("LRANGE", start + str(user).encode(), 0, -1)
            return [(uuid.UUID(member.decode()), None) for member in members]
        if self.layout == "list-binary":
            members = self._raw("LRANGE", start + user.bytes, 0, -1)
            return [(uuid.UUID(bytes=member), None) for member in members]
        if self.layout == "bucketed":
            bucket = murmur3(str(user).encode()) % self.buckets
            value = self._raw("HGET", start + b"%08x" % bucket, user.bytes) or b""
        else:
            value = self._raw("GET", start + user.bytes) or b""
        items, scores = self._split(value) if self.scores else (value, None)
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
