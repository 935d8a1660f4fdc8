package io.github.item2vec.redis.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Reads users' lists and items' similar items by way of the pointer; needs Jedis alone, no Spark
 * and no other class of this project. Thread-safe; one round trip a list or a batch of lists, and
 * one for the pointer when what it knows is older than {@code pointerMillis} or a list is empty.
 * Each list, and each batch, comes whole from one generation, before, during and after a flip.
 */
public final class RecommendationReader {
  private static final String FORMAT = "1";
  private static final Set<String> INDICES = Set.of("indexed", "bucketed");
  private static final Set<String> LISTS = Set.of("list-text", "list-binary");
  private static final String URN = "urn:uuid:";
  private static final Pattern DIGITS =
      Pattern.compile("[0-9a-f]{8}(-?)[0-9a-f]{4}\\1[0-9a-f]{4}\\1[0-9a-f]{4}\\1[0-9a-f]{12}");

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

  /** Lists of one kind: what their keys begin with after the prefix, and their buckets. */
  private record Kind(String start, int buckets) {}

  /**
   * A generation as a reader needs it; {@code similar} is null when it holds none, {@code
   * dictionary} without indices.
   */
  private record Current(
      String id,
      int itemBits,
      boolean scores,
      Kind users,
      Kind similar,
      ByteBuffer dictionary,
      long readAtNanos) {
    Current at(long nanos) {
      return new Current(id, itemBits, scores, users, similar, dictionary, nanos);
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

  /** As {@link #read(UUID)}, without what the user has seen since the lists were made. */
  public List<UUID> read(UUID user, Set<UUID> seen) {
    return read(user).stream().filter(item -> !seen.contains(item)).toList();
  }

  /**
   * As {@link #read(UUID)}, with the scores.
   *
   * @throws IllegalStateException as {@link #read(UUID)} does
   */
  public List<Scored> readScored(UUID user) {
    return readScored(List.of(user)).get(0);
  }

  /**
   * The same of many users in one round trip, of a cluster in one to each master.
   *
   * @return a list a user, in their order
   * @throws IllegalStateException as {@link #read(UUID)} does
   */
  public List<List<Scored>> readScored(List<UUID> users) {
    return followed(Current::users, users);
  }

  /**
   * The nearest items of an item, the nearest first; the scores are cosines. Empty when nothing is
   * published or the item has no list.
   *
   * @throws IllegalStateException as {@link #read(UUID)} does, and when the generation holds no
   *     similar items
   */
  public List<Scored> similar(UUID item) {
    return similar(List.of(item)).get(0);
  }

  /** The same of many items, as {@link #readScored(List)}. */
  public List<List<Scored>> similar(List<UUID> items) {
    return followed(this::similarOf, items);
  }

  /** As {@link #readScored(UUID)}, from that generation whatever the pointer says. */
  public List<Scored> readFrom(String generation, UUID user) {
    return lists(loaded(generation), Current::users, List.of(user)).get(0);
  }

  /** As {@link #similar(UUID)}, from that generation whatever the pointer says. */
  public List<Scored> similarFrom(String generation, UUID item) {
    return lists(loaded(generation), this::similarOf, List.of(item)).get(0);
  }

  /**
   * A UUID in any spelling: digits of either case, with dashes or without, in braces, after {@code
   * urn:uuid:}.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static UUID uuid(String text) {
    String bare = text.toLowerCase(Locale.ROOT);
    if (bare.startsWith("{") && bare.endsWith("}")) {
      bare = bare.substring(1, bare.length() - 1);
    } else if (bare.startsWith(URN)) {
      bare = bare.substring(URN.length());
    }
    if (!DIGITS.matcher(bare).matches()) {
      throw new IllegalArgumentException("no UUID: '" + text + "'");
    }
    String digits = bare.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
  }

  private List<List<Scored>> followed(Function<Current, Kind> kind, List<UUID> owners) {
    Current known = current;
    if (known == null || System.nanoTime() - known.readAtNanos() >= pointerNanos) {
      known = follow(known);
    }
    while (known != null) {
      List<List<Scored>> lists = lists(known, kind, owners);
      if (lists.stream().noneMatch(List::isEmpty)) {
        return lists;
      }
      // a generation that was removed since the pointer was read looks like a user without a list
      Current newer = follow(known);
      if (newer != null && newer.id().equals(known.id())) {
        return lists;
      }
      known = newer;
    }
    return owners.stream().map(owner -> List.<Scored>of()).toList();
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

  private Current loaded(String generation) {
    if (current == null || !current.id().equals(generation)) {
      current = load(generation, System.nanoTime());
    }
    return current;
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
        new Kind(id + ":", Integer.parseInt(meta.getOrDefault("buckets", "1"))),
        meta.containsKey("similarItems")
            ? new Kind(
                id + ":similar-items:", Integer.parseInt(meta.getOrDefault("similarBuckets", "1")))
            : null,
        uuids == null ? null : ByteBuffer.wrap(uuids),
        now);
  }

  private IllegalStateException missing(String id, String key) {
    return new IllegalStateException(
        "generation %s of layout %s has no key %s%s:%s: it has expired or was removed; publish again"
            .formatted(id, layout, prefix, id, key));
  }

  private Kind similarOf(Current from) {
    if (from.similar() == null) {
      throw new IllegalStateException(
          "generation %s of layout %s holds no similar items: publish with publish.similar-items"
              .formatted(from.id(), layout));
    }
    return from.similar();
  }

  private List<List<Scored>> lists(Current from, Function<Current, Kind> kind, List<UUID> owners) {
    Kind lists = kind.apply(from);
    List<byte[][]> places = owners.stream().map(owner -> place(lists, owner)).toList();
    return values(places).stream().map(value -> decode(value, from)).toList();
  }

  /** The key, and in buckets the field. */
  private byte[][] place(Kind lists, UUID owner) {
    byte[] start = utf8(prefix + lists.start());
    return switch (layout) {
      case "list-text" -> new byte[][] {join(start, utf8(owner.toString()))};
      case "bucketed" ->
          new byte[][] {join(start, utf8(bucket(owner, lists.buckets()))), bytes(owner)};
      default -> new byte[][] {join(start, bytes(owner))};
    };
  }

  private List<Object> values(List<byte[][]> places) {
    if (places.size() > 1) {
      try (AbstractPipeline batch = jedis.pipelined()) {
        List<Response<?>> replies = new ArrayList<>();
        places.forEach(place -> replies.add(asked(batch, place)));
        batch.sync();
        List<Object> values = new ArrayList<>();
        replies.forEach(reply -> values.add(reply.get()));
        return values;
      } catch (JedisRedirectionException moved) {
        // a pipeline does not follow a cluster's slots, a command does
      }
    }
    List<Object> values = new ArrayList<>();
    places.forEach(place -> values.add(value(place)));
    return values;
  }

  private Response<?> asked(AbstractPipeline batch, byte[][] place) {
    if (LISTS.contains(layout)) {
      return batch.lrange(place[0], 0, -1);
    }
    return place.length == 1 ? batch.get(place[0]) : batch.hget(place[0], place[1]);
  }

  private Object value(byte[][] place) {
    if (LISTS.contains(layout)) {
      return jedis.lrange(place[0], 0, -1);
    }
    return place.length == 1 ? jedis.get(place[0]) : jedis.hget(place[0], place[1]);
  }

  private static List<Scored> decode(Object value, Current from) {
    if (value instanceof List<?> members) {
      return members.stream()
          .map(member -> new Scored(member((byte[]) member), Float.NaN))
          .toList();
    }
    return value == null ? List.of() : decode((byte[]) value, from);
  }

  private static UUID member(byte[] member) {
    return member.length == 16
        ? uuid(ByteBuffer.wrap(member), 0)
        : uuid(new String(member, StandardCharsets.US_ASCII));
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
  private static String bucket(UUID owner, int buckets) {
    ByteBuffer text = ByteBuffer.wrap(utf8(owner.toString())).order(ByteOrder.LITTLE_ENDIAN);
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
