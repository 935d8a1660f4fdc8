package io.github.item2vec.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads users' lists by way of the pointer; needs Jedis alone, no Spark and no other class of this
 * project. Thread-safe; one round trip a list, and one for the pointer when what it knows is older
 * than {@code pointerMillis}. Each list comes whole from one generation, before, during and after a
 * flip.
 */
public final class RecommendationReader {
  private static final String FORMAT = "1";
  private static final Set<String> INDICES = Set.of("indexed", "bucketed");

  private final UnifiedJedis jedis;
  private final String prefix;
  private final String layout;
  private final long pointerNanos;
  private volatile Current current;

  /** A generation as a reader needs it; {@code dictionary} is null without indices. */
  private record Current(
      String id, int itemBits, int buckets, ByteBuffer dictionary, long readAtNanos) {
    Current at(long nanos) {
      return new Current(id, itemBits, buckets, dictionary, nanos);
    }
  }

  /**
   * @param layout as in {@code publish.layout}
   * @param pointerMillis how long the pointer may be cached; keep generations longer than that
   */
  public RecommendationReader(
      UnifiedJedis jedis, String prefix, String layout, long pointerMillis) {
    this.jedis = jedis;
    this.prefix = prefix;
    this.layout = layout;
    this.pointerNanos = pointerMillis * 1_000_000;
  }

  /**
   * The UUIDs of a user's items, best first; empty when nothing is published or the user has no
   * list.
   *
   * @throws IllegalStateException when the generation is of a format that this reader does not know
   */
  public List<UUID> read(UUID user) {
    Current known = current;
    if (known == null || System.nanoTime() - known.readAtNanos() >= pointerNanos) {
      known = follow(known);
    }
    List<UUID> list = known == null ? List.of() : list(known, user);
    // a generation that was removed since the pointer was read looks like a user without a list
    while (known != null && list.isEmpty()) {
      Current newer = follow(known);
      if (newer == null || newer.id().equals(known.id())) {
        return list;
      }
      known = newer;
      list = list(known, user);
    }
    return list;
  }

  /** As {@link #read}, from that generation whatever the pointer says. */
  List<UUID> readFrom(String generation, UUID user) {
    if (current == null || !current.id().equals(generation)) {
      current = load(generation, System.nanoTime());
    }
    return list(current, user);
  }

  private Current follow(Current known) {
    byte[] pointer = jedis.get(utf8(prefix + layout + ":current"));
    if (pointer == null) {
      return null;
    }
    String id = new String(pointer, StandardCharsets.US_ASCII);
    long now = System.nanoTime();
    current = known != null && known.id().equals(id) ? known.at(now) : load(id, now);
    return current;
  }

  private Current load(String id, long now) {
    Map<String, String> meta = jedis.hgetAll(prefix + id + ":meta");
    if (meta.isEmpty()) {
      return new Current(id, 0, 1, null, now); // expired or just removed: its lists are too
    }
    if (!FORMAT.equals(meta.get("format")) || !layout.equals(meta.get("layout"))) {
      throw new IllegalStateException(
          "generation %s%s is format %s, layout %s; this reader expects %s, %s"
              .formatted(prefix, id, meta.get("format"), meta.get("layout"), FORMAT, layout));
    }
    byte[] uuids = INDICES.contains(layout) ? jedis.get(utf8(prefix + id + ":items")) : null;
    return new Current(
        id,
        meta.containsKey("itemBits")
            ? Integer.parseInt(meta.get("itemBits"))
            : Byte.SIZE * Integer.parseInt(meta.get("itemBytes")),
        Integer.parseInt(meta.getOrDefault("buckets", "1")),
        uuids == null ? null : ByteBuffer.wrap(uuids),
        now);
  }

  private List<UUID> list(Current from, UUID user) {
    byte[] start = utf8(prefix + from.id() + ":");
    if (layout.equals("list-text")) {
      return jedis.lrange(join(start, utf8(user.toString())), 0, -1).stream()
          .map(member -> UUID.fromString(new String(member, StandardCharsets.US_ASCII)))
          .toList();
    }
    byte[] key = join(start, bytes(user));
    if (layout.equals("list-binary")) {
      return jedis.lrange(key, 0, -1).stream()
          .map(member -> uuid(ByteBuffer.wrap(member), 0))
          .toList();
    }
    byte[] value =
        layout.equals("bucketed")
            ? jedis.hget(join(start, utf8(bucket(user, from.buckets()))), bytes(user))
            : jedis.get(key);
    return value == null ? List.of() : decode(value, from);
  }

  private static List<UUID> decode(byte[] value, Current from) {
    List<UUID> list = new ArrayList<>(value.length * Byte.SIZE / from.itemBits());
    if (from.dictionary() == null) {
      for (int at = 0; at < value.length; at += 16) {
        list.add(uuid(ByteBuffer.wrap(value), at));
      }
      return list;
    }
    long window = 0;
    int waiting = 0;
    for (byte next : value) {
      window = window << Byte.SIZE | (next & 0xFF);
      waiting += Byte.SIZE;
      if (waiting >= from.itemBits()) {
        waiting -= from.itemBits();
        long index = window >>> waiting & ((1L << from.itemBits()) - 1);
        list.add(uuid(from.dictionary(), 16 * (int) index));
      }
    }
    return list;
  }

  /** MurmurHash3 (x86, 32 bits, seed 42) of the UUID's text, modulo the number of buckets. */
  private static String bucket(UUID user, int buckets) {
    ByteBuffer text = ByteBuffer.wrap(utf8(user.toString())).order(ByteOrder.LITTLE_ENDIAN);
    int hash = 42;
    while (text.hasRemaining()) {
      hash ^= Integer.rotateLeft(text.getInt() * 0xCC9E2D51, 15) * 0x1B873593;
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xE6546B64;
    }
    hash ^= text.capacity();
    hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
    return "%08x".formatted(Math.floorMod(hash ^ (hash >>> 16), buckets));
  }

  private static UUID uuid(ByteBuffer bytes, int at) {
    return new UUID(bytes.getLong(at), bytes.getLong(at + Long.BYTES));
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] join(byte[] start, byte[] end) {
    byte[] joined = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, joined, start.length, end.length);
    return joined;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
