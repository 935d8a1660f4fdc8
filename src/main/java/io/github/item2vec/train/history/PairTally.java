package io.github.item2vec.train.history;

import java.util.Arrays;

/**
 * Counts by pair of items, where these are too many for an array. Open addressing: 24 to 48 bytes
 * per distinct pair. For one thread.
 */
public final class PairTally {
  private static final int FIRST_CAPACITY = 1 << 10;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long FREE = -1;

  private long[] keys;
  private long[] counts;
  private int size;

  /** Without a pair. */
  public PairTally() {
    resize(FIRST_CAPACITY);
  }

  /** The row of a pair as {@link #drain} gives it. */
  public static int row(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  static int column(long pair) {
    return (int) pair;
  }

  /**
   * Adds to the count of a pair.
   *
   * @param row >= 0
   * @param column >= 0
   */
  public void add(int row, int column, long count) {
    add(((long) row << Integer.SIZE) | column, count);
  }

  /** Adds all that another tally gave. */
  public void addAll(long[] drained) {
    for (int i = 0; i < drained.length; i += 2) {
      add(drained[i], drained[i + 1]);
    }
  }

  private void add(long pair, long count) {
    int at = place(pair);
    if (keys[at] == FREE) {
      keys[at] = pair;
      if (++size > keys.length / 3 * 2) {
        resize(2 * keys.length);
        at = place(pair);
      }
    }
    counts[at] += count;
  }

  private int place(long pair) {
    int mask = keys.length - 1;
    int at = (int) ((pair * GOLDEN) >>> Integer.SIZE) & mask;
    while (keys[at] != FREE && keys[at] != pair) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void resize(int capacity) {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[capacity];
    counts = new long[capacity];
    Arrays.fill(keys, FREE);
    for (int i = 0; oldKeys != null && i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int at = place(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  /** Distinct pairs. */
  public int size() {
    return size;
  }

  /** All pairs by row, then column, each followed by its count; none is left here. */
  public long[] drain() {
    long[] pairs = Arrays.stream(keys).filter(key -> key != FREE).sorted().toArray();
    long[] drained = new long[2 * pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      drained[2 * i] = pairs[i];
      drained[2 * i + 1] = counts[place(pairs[i])];
    }
    keys = null;
    counts = null;
    size = 0;
    resize(FIRST_CAPACITY);
    return drained;
  }
}
