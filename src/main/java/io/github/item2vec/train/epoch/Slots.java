package io.github.item2vec.train.epoch;

import java.io.Serializable;

/**
 * How an epoch is cut: into chunks, which are trained one after another, and each of these into
 * slices, whose windows are laid side by side. A sequence's slot is decided by its hash.
 */
public record Slots(int chunks, int slices) implements Serializable {
  /** Items of a chunk in one task at least: keeps threads busy between two barriers. */
  private static final long TASK_CHUNK = 16_384;

  /** Items of each block of a distributed round: training must outweigh the start of its tasks. */
  private static final long DISTRIBUTED_BLOCK = 16_384;

  /**
   * Visits of each item in a chunk: training must outweigh the moving of vectors, through a shuffle
   * or between the caches of cores.
   */
  public static final long VISITS = 8;

  /** Items of a chunk of baskets at least. */
  private static final long BASKETS_CHUNK = 4_096;

  /** Items of a slice of baskets: its rows and their gradients are some 100 MB at most. */
  private static final long BASKETS_SLICE = 16_384;

  /** Chunks are partitions of a Spark stage: more would only add to its overhead. */
  private static final long MOST_DISTRIBUTED_CHUNKS = 64;

  /** For a training in one task. */
  public static Slots inOneTask(Parts parts, long itemsPerEpoch) {
    long chunk = Math.max(TASK_CHUNK, VISITS * parts.items());
    return new Slots(chunks(itemsPerEpoch, chunk), parts.count());
  }

  /** For a training of one task a block. */
  public static Slots distributed(Parts parts, long itemsPerEpoch) {
    long blocks = (long) parts.count() * parts.count();
    long chunk = Math.max(DISTRIBUTED_BLOCK * blocks, VISITS * parts.items());
    chunk = Math.max(chunk, itemsPerEpoch / MOST_DISTRIBUTED_CHUNKS);
    return new Slots(chunks(itemsPerEpoch, chunk), parts.count());
  }

  /** For baskets by tasks: the same for any number of parts. */
  public static Slots ofBaskets(int items, long itemsPerEpoch) {
    long chunk = Math.max(BASKETS_CHUNK, VISITS * items);
    int chunks = chunks(itemsPerEpoch, chunk);
    long slices = itemsPerEpoch / chunks / BASKETS_SLICE;
    return new Slots(chunks, Math.toIntExact(Math.max(1, Math.min(1 << 14, slices))));
  }

  private static int chunks(long itemsPerEpoch, long items) {
    return Math.toIntExact(Math.max(1, Math.min(1 << 20, itemsPerEpoch / items)));
  }

  /** Slots of an epoch: those of its first chunk, then those of the next. */
  public int count() {
    return chunks * slices;
  }

  /** Rises with the hash as an unsigned number. */
  public int slot(long hash) {
    return (int) (((hash >>> 33) * count()) >>> 31);
  }

  public int slot(int chunk, int slice) {
    return chunk * slices + slice;
  }
}
