package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.Utf8;
import java.io.Serializable;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * The one generation that a read takes its lists from, as it was described when the read was
 * planned: a flip that comes later changes nothing. Made on the driver, travels into tasks, which
 * look whether it is still there.
 *
 * @param masters the servers as they were when the read was planned
 * @param state as its description said
 * @param itemBits bits of an item in a packed value
 * @param scores whether lists hold scores
 * @param buckets HASHes; 0 when the layout has none
 * @param catalogue items in the dictionary
 * @param indexed whether all its keys can be named
 * @param users lists that were published
 * @param items in all of them
 */
public record PinnedGeneration(
    Masters masters,
    GenerationKeys keys,
    String id,
    ValueLayout layout,
    String state,
    int itemBits,
    boolean scores,
    int buckets,
    int catalogue,
    boolean indexed,
    long users,
    long items)
    implements Serializable {
  /** Of an item in the largest layout, with what Redis puts around it. */
  private static final int ITEM_BYTES = 42;

  private static final int LOT_BYTES = 4 << 20;

  /**
   * Finds the generation that the options choose.
   *
   * @throws RedisException when there is none, or it cannot be read
   */
  public static PinnedGeneration of(ReadOptions options) {
    try (RedisServers servers = RedisServers.open(options.target())) {
      return new GenerationChoice(options, servers).pinned();
    }
  }

  /**
   * Divides all of it among tasks.
   *
   * @param parallelism slices at least, if there is as much to share
   * @param most slices at most; 0 for no limit
   * @throws RedisException when lists are missing
   */
  public List<Slice> slices(int parallelism, long most) {
    try (RedisServers servers = RedisServers.of(masters)) {
      return new GenerationSlices(this, servers).all(parallelism, most);
    }
  }

  static PinnedGeneration of(Masters masters, GenerationKeys keys, GenerationMeta meta) {
    long bits = meta.number("itemBits");
    return new PinnedGeneration(
        masters,
        keys,
        meta.id(),
        meta.layout(),
        meta.fields().getOrDefault("state", ""),
        Math.toIntExact(bits > 0 ? bits : Byte.SIZE * meta.number("itemBytes")),
        meta.number("scores") > 0,
        Math.toIntExact(meta.number("buckets")),
        Math.toIntExact(meta.number("catalogue")),
        meta.namesItsKeys(),
        meta.number("users"),
        meta.number("items"));
  }

  /** Items of a list on average; 0 without lists. */
  public long itemsPerList() {
    return users == 0 ? 0 : items / users;
  }

  /** Lists of a round trip, so that a task holds few megabytes of replies. */
  int lot() {
    return (int) Math.max(1, Math.min(ManyKeys.LOT, LOT_BYTES / (1 + ITEM_BYTES * itemsPerList())));
  }

  /**
   * Looks whether its lists may still be read.
   *
   * @throws RedisException when it was removed, has expired, or readers were sent back from it
   */
  void requireUnchanged(RedisServers servers) {
    Object now = servers.call(Command.HGET, keys.meta(id), Utf8.bytes("state"));
    Object removed = servers.call(Command.HEXISTS, keys.removed(), Utf8.bytes(id));
    if (now == null || (long) removed > 0) {
      throw new RedisException(
          "%s was removed or has expired while it was read: read again, and keep more of them (option keep, publish.keep)"
              .formatted(this));
    }
    String said = Utf8.text(now);
    if (!said.equals(state) && !said.equals(GenerationMeta.COMPLETE)) {
      throw new RedisException(
          "%s became '%s' while it was read, readers were sent back from it: read again"
              .formatted(this, said));
    }
  }

  /**
   * What it comes to when lists are missing.
   *
   * @throws RedisException of {@link #requireUnchanged}, when that is why
   */
  RedisException missing(RedisServers servers, String what) {
    requireUnchanged(servers);
    return new RedisException(
        "%s %s: lists expired or were removed by another program; publish again, or read another generation"
            .formatted(this, what));
  }

  /** For messages: which one, and where. */
  @Override
  public String toString() {
    return "generation %s of %s under '%s' on %s".formatted(id, layout, keys.prefix(), masters);
  }
}
