package io.github.item2vec.redis.layout;

import java.nio.charset.StandardCharsets;

/**
 * What a generation will take of a server's memory, from the sizes of its parts in Redis 7 on 64
 * bits with jemalloc: entry of the key table, key, object, value, each rounded up to what the
 * allocator gives, and the table's slots, a power of two. Within a few percent of what 7.0 reports;
 * Valkey 8 takes about 30 bytes less a key. Pure.
 *
 * @param users lists
 * @param items items of each list
 * @param catalogue items that have an index
 * @param prefix of all keys
 * @param expires whether the keys have a time to live
 * @param scores whether values that have a place for them hold scores
 */
public record MemoryForecast(
    long users, int items, int catalogue, String prefix, boolean expires, boolean scores) {
  /** Table entry, rounded up; the same again for a key that expires. */
  private static final int ENTRY_BYTES = 32;

  private static final int OBJECT_BYTES = 16;

  /** A LIST's head and its one node, each 48 rounded up. */
  private static final int LIST_BYTES = 96;

  /** Header and end of a listpack. */
  private static final int PACK_BYTES = 7;

  private static final int GENERATION_CHARACTERS = 9; // the id and its colon

  /**
   * The same for the lists of similar items that stand in that generation.
   *
   * @param lists items that have one
   * @param k items of each
   */
  public MemoryForecast similar(long lists, int k) {
    String start = prefix + GenerationKeys.SIMILAR;
    return new MemoryForecast(lists, k, catalogue, start, expires, scores);
  }

  /** The growth of {@code used_memory}, in bytes. */
  public long bytes(ValueLayout layout) {
    return listBytes(layout) + (layout.indices() ? 16L * catalogue : 0);
  }

  /** Without the dictionary, which similar items share with the users' lists. */
  public long listBytes(ValueLayout layout) {
    double lists =
        layout.buckets()
            ? BucketCount.count(users, 0) * (key(8, BucketCount.count(users, 0)) + bucket())
            : users * (key(layout.keyForm().length(), users) + value(layout))
                + UserIndex.bytes(users);
    return Math.round(lists);
  }

  private double key(int characters, long keys) {
    int length =
        prefix.getBytes(StandardCharsets.UTF_8).length + GENERATION_CHARACTERS + characters;
    return ENTRY_BYTES
        + besideKeys(keys, expires) / Math.max(1, keys)
        + OBJECT_BYTES
        + text(length);
  }

  /** What keys take that MEMORY USAGE leaves out: their slots, and entries and slots of expiry. */
  public static double besideKeys(long keys, boolean expires) {
    double slots = 8.0 * Long.highestOneBit(Math.max(1, 2 * keys - 1));
    return slots + (expires ? slots + ENTRY_BYTES * (double) keys : 0);
  }

  private double value(ValueLayout layout) {
    return switch (layout) {
      case LIST_TEXT -> LIST_BYTES + allocated(PACK_BYTES + items * packEntry(36));
      case LIST_BINARY -> LIST_BYTES + allocated(PACK_BYTES + items * packEntry(16));
      default -> text(packed(layout));
    };
  }

  private int packed(ValueLayout layout) {
    int bytes = (items * layout.itemBits(catalogue) + 7) / 8;
    return scores ? bytes + QuantizedScores.bytes(items) : bytes;
  }

  /** The mean of buckets whose users vary as Poisson says. */
  private double bucket() {
    double mean = (double) users / BucketCount.count(users, 0);
    int user = packEntry(UuidForm.BYTES) + packEntry(packed(ValueLayout.BUCKETED));
    double chance = Math.exp(-mean);
    double bytes = chance * allocated(PACK_BYTES);
    for (int n = 1; n < 4 * ValueLayout.BUCKET_USERS; n++) {
      chance *= mean / n;
      bytes += chance * allocated(PACK_BYTES + n * user);
    }
    return bytes;
  }

  /** A string of that many bytes in a listpack: its length before and after it. */
  private static int packEntry(int length) {
    int before = length < 64 ? 1 : length < 4096 ? 2 : 5;
    return before + length + (before + length < 128 ? 1 : 2);
  }

  /** A simple dynamic string with its header and end. */
  private static long text(int length) {
    return allocated(length + (length < 32 ? 2 : length < 256 ? 4 : 6));
  }

  /** What jemalloc gives: steps of 16 up to 128, then four steps between powers of two. */
  private static long allocated(long bytes) {
    if (bytes <= 128) {
      return (bytes + 15) / 16 * 16;
    }
    long step = Long.highestOneBit(bytes - 1) / 4;
    return (bytes + step - 1) / step * step;
  }
}
