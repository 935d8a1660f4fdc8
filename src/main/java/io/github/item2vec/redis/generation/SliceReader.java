package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.Utf8;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Protocol.Command;

/**
 * Reads a slice lot by lot, a round trip each to every master that has some of its keys; used by
 * one task, which holds a lot. The generation is looked at before the first and after the last of
 * them, and the lists are counted: a slice ends whole or with an error.
 */
public final class SliceReader implements AutoCloseable {
  private final PinnedGeneration generation;
  private final boolean lists;
  private final RedisServers servers;
  private final ManyKeys many;
  private final byte[] start;
  private final Iterator<Lot> lots;
  private final long expected;
  private long found;

  /**
   * A user and the list as Redis has it.
   *
   * @param name that the user was asked for by; null when all are read
   * @param value a STRING's or a field's bytes, a LIST's members; of no meaning when only users are
   *     read
   */
  public record Held(UUID user, String name, Object value) {}

  /** What the next round trips bring. */
  private interface Lot {
    List<Held> read();
  }

  private SliceReader(PinnedGeneration generation, Slice slice, boolean lists) {
    this.generation = generation;
    this.lists = lists;
    this.servers = RedisServers.of(generation.masters());
    this.many = new ManyKeys(servers);
    this.start = Utf8.bytes(generation.keys().start(generation.id()));
    this.lots = lots(slice).iterator();
    this.expected = expected(slice);
  }

  /**
   * Looks at the generation at once.
   *
   * @param lists false when it is enough to know which users have one
   */
  public static SliceReader open(PinnedGeneration generation, Slice slice, boolean lists) {
    SliceReader reader = new SliceReader(generation, slice, lists);
    try {
      generation.requireUnchanged(reader.servers);
      return reader;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * The next lists; none at the end, when they are as many as there should be.
   *
   * @throws io.github.item2vec.redis.server.RedisException when the server cannot be read, or lists
   *     are missing
   */
  public List<Held> next() {
    while (lots.hasNext()) {
      List<Held> lot = lots.next().read();
      found += lot.size();
      if (!lot.isEmpty()) {
        return lot;
      }
    }
    if (expected >= 0 && found != expected) {
      throw generation.missing(
          servers, "gave %,d lists where %,d should be".formatted(found, expected));
    }
    generation.requireUnchanged(servers);
    return List.of();
  }

  /** The UUIDs of the items by their places, 16 bytes each. */
  public byte[] dictionary() {
    byte[] uuids =
        (byte[]) servers.call(Command.GET, generation.keys().dictionary(generation.id()));
    if (uuids == null || uuids.length != UuidForm.BYTES * generation.catalogue()) {
      throw generation.missing(servers, "has no whole dictionary");
    }
    return uuids;
  }

  @Override
  public void close() {
    servers.close();
  }

  /** -1 when nobody knows. */
  private static long expected(Slice slice) {
    if (slice instanceof Slice.Chunks some) {
      return some.chunks().stream().mapToLong(Slice.Chunk::lists).sum();
    }
    return slice instanceof Slice.Buckets some ? some.lists() : -1;
  }

  private Stream<Lot> lots(Slice slice) {
    int lot = generation.lot();
    if (slice instanceof Slice.Buckets some) {
      int buckets = Math.max(1, lot / ValueLayout.BUCKET_USERS);
      return starts(some.from(), some.to(), buckets)
          .mapToObj(from -> () -> buckets(from, Math.min(from + buckets, some.to())));
    }
    if (slice instanceof Slice.Chunks some) {
      return some.chunks().stream().flatMap(chunk -> lots(users(chunk), lot));
    }
    return lots(((Slice.Users) slice).users(), lot);
  }

  private Stream<Lot> lots(List<Slice.User> users, int lot) {
    return starts(0, users.size(), lot)
        .mapToObj(from -> () -> users(users.subList(from, Math.min(from + lot, users.size()))));
  }

  private static IntStream starts(int from, int to, int step) {
    return IntStream.iterate(from, at -> at < to, at -> at + step);
  }

  private List<Slice.User> users(Slice.Chunk chunk) {
    List<UUID> all = RepeatedUsers.users(servers, generation, chunk);
    return IntStream.range(0, all.size())
        .filter(place -> !chunk.leftOut().get(place))
        .mapToObj(place -> new Slice.User(all.get(place), null))
        .toList();
  }

  private List<Held> users(List<Slice.User> users) {
    List<Object> values = many.each(command(), 0, users.stream().map(this::arguments).toList());
    List<Held> held = new ArrayList<>(users.size());
    for (int i = 0; i < users.size(); i++) {
      if (isThere(values.get(i))) {
        held.add(new Held(users.get(i).id(), users.get(i).name(), values.get(i)));
      }
    }
    return held;
  }

  private Command command() {
    ValueLayout layout = generation.layout();
    if (layout.buckets()) {
      return lists ? Command.HGET : Command.HEXISTS;
    }
    if (!lists) {
      return Command.EXISTS;
    }
    return layout.list() ? Command.LRANGE : Command.GET;
  }

  private byte[][] arguments(Slice.User user) {
    ValueLayout layout = generation.layout();
    if (layout.buckets()) {
      int bucket = WriteSpec.bucket(user.id(), generation.buckets());
      byte[] key = generation.keys().bucket(generation.id(), bucket);
      return new byte[][] {key, layout.keyForm().bytes(user.id())};
    }
    byte[] key = layout.keyForm().key(start, user.id());
    return layout.list() && lists ? new byte[][] {key, {'0'}, {'-', '1'}} : new byte[][] {key};
  }

  private static boolean isThere(Object value) {
    if (value instanceof Long count) {
      return count > 0;
    }
    return value instanceof List<?> members ? !members.isEmpty() : value != null;
  }

  private List<Held> buckets(int from, int to) {
    List<byte[]> names =
        IntStream.range(from, to)
            .mapToObj(bucket -> generation.keys().bucket(generation.id(), bucket))
            .toList();
    List<Held> held = new ArrayList<>();
    for (Object reply : many.all(lists ? Command.HGETALL : Command.HKEYS, names)) {
      List<?> parts = (List<?>) reply;
      for (int i = 0; i < parts.size(); i += lists ? 2 : 1) {
        UUID user = UuidForm.BINARY.read((byte[]) parts.get(i), 0);
        held.add(new Held(user, null, lists ? parts.get(i + 1) : null));
      }
    }
    return held;
  }
}
