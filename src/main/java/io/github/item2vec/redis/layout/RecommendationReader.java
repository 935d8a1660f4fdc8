package io.github.item2vec.redis.layout;

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

  /**
   * An item of a list.
   *
   * @param score within 1/510 of what lies between the list's least and greatest score; NaN when
   *     the lists were published without
   */
  public record Scored(UUID item, float score) {}

  /** A generation as a reader needs it; {@code dictionary} is null without indices. */
  private record Current(
      String id,
      int itemBits,
      boolean scores,
      int buckets,
      ByteBuffer dictionary,
      long readAtNanos) {
    Current at(long nanos) {
      return new Current(id, itemBits, scores, buckets, dictionary, nanos);
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
   * @throws IllegalStateException when the generation is of a format that this reader does not
   *     know, or its description or dictionary is not there: it has expired or was removed
   */
  public List<UUID> read(UUID user) {
    return items(readScored(user));
  }

  /**
   * As {@link #read}, with the scores.
   *
   * @throws IllegalStateException as {@link #read} does
   */
  public List<Scored> readScored(UUID user) {
    Current known = current;
    if (known == null || System.nanoTime() - known.readAtNanos() >= pointerNanos) {
      known = follow(known);
    }
    List<Scored> list = known == null ? List.of() : list(known, user);
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

  /** As {@link #readScored}, from that generation whatever the pointer says. */
  public List<Scored> readFrom(String generation, UUID user) {
    if (current == null || !current.id().equals(generation)) {
      current = load(generation, System.nanoTime());
    }
    return list(current, user);
  }

  private Current follow(Current known) {
    for (String id = pointer(); id != null; ) {
      long now = System.nanoTime();
      try {
        current = known != null && known.id().equals(id) ? known.at(now) : load(id, now);
        return current;
      } catch (IllegalStateException e) {
        String newer = pointer();
        if (id.equals(newer)) {
          throw e;
        }
        id = newer; // it was removed since the pointer was read
      }
    }
    return null;
  }

  private String pointer() {
    byte[] pointer = jedis.get(utf8(prefix + layout + ":current"));
    return pointer == null ? null : new String(pointer, StandardCharsets.US_ASCII);
  }

  private Current load(String id, long now) {
    Map<String, String> meta = jedis.hgetAll(prefix + id + ":meta");
    if (meta.isEmpty()) {
      throw missing(id, "meta");
    }
    if (!FORMAT.equals(meta.get("format")) || !layout.equals(meta.get("layout"))) {
      throw new IllegalStateException(
          "generation %s%s is format %s, layout %s; this reader expects %s, %s"
              .formatted(prefix, id, meta.get("format"), meta.get("layout"), FORMAT, layout));
    }
    byte[] uuids = INDICES.contains(layout) ? jedis.get(utf8(prefix + id + ":items")) : null;
    if (uuids == null && INDICES.contains(layout)) {
      throw missing(id, "items");
    }
    return new Current(
        id,
        meta.containsKey("itemBits")
            ? Integer.parseInt(meta.get("itemBits"))
            : Byte.SIZE * Integer.parseInt(meta.get("itemBytes")),
        meta.containsKey("scores"),
        Integer.parseInt(meta.getOrDefault("buckets", "1")),
        uuids == null ? null : ByteBuffer.wrap(uuids),
        now);
  }

  private IllegalStateException missing(String id, String key) {
    return new IllegalStateException(
        "generation %s of layout %s has no key %s%s:%s: it has expired or was removed; publish again"
            .formatted(id, layout, prefix, id, key));
  }

  private List<Scored> list(Current from, UUID user) {
    byte[] start = utf8(prefix + from.id() + ":");
    if (layout.equals("list-text")) {
      return jedis.lrange(join(start, utf8(user.toString())), 0, -1).stream()
          .map(member -> UUID.fromString(new String(member, StandardCharsets.US_ASCII)))
          .map(item -> new Scored(item, Float.NaN))
          .toList();
    }
    byte[] key = join(start, bytes(user));
    if (layout.equals("list-binary")) {
      return jedis.lrange(key, 0, -1).stream()
          .map(member -> new Scored(uuid(ByteBuffer.wrap(member), 0), Float.NaN))
          .toList();
    }
    byte[] value =
        layout.equals("bucketed")
            ? jedis.hget(join(start, utf8(bucket(user, from.buckets()))), bytes(user))
            : jedis.get(key);
    return value == null ? List.of() : decode(value, from);
  }

  /** Items, then, with scores, the least and the greatest of them and a byte each. */
  private static List<Scored> decode(byte[] value, Current from) {
    int scored = from.scores() ? 8 : 0;
    int size = Byte.SIZE * (value.length - scored) / (from.itemBits() + scored);
    ByteBuffer scores = ByteBuffer.wrap(value);
    scores.position(from.scores() ? value.length - scored - size : 0);
    float least = from.scores() ? scores.getFloat() : Float.NaN;
    double range = from.scores() ? (double) scores.getFloat() - least : 0;
    List<Scored> list = new ArrayList<>(size);
    long window = 0;
    int waiting = 0;
    int at = 0;
    while (list.size() < size) {
      UUID item;
      if (from.dictionary() == null) {
        item = uuid(scores, 16 * list.size());
      } else {
        for (; waiting < from.itemBits(); waiting += Byte.SIZE) {
          window = window << Byte.SIZE | (value[at++] & 0xFF);
        }
        waiting -= from.itemBits();
        long index = window >>> waiting & ((1L << from.itemBits()) - 1);
        item = uuid(from.dictionary(), 16 * (int) index);
      }
      int step = from.scores() ? scores.get() & 0xFF : 0;
      list.add(new Scored(item, (float) (least + range * step / 255)));
    }
    return list;
  }

  private static List<UUID> items(List<Scored> list) {
    return list.stream().map(Scored::item).toList();
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
