package io.github.item2vec.redis.generation;

import java.util.UUID;

/** A set of UUIDs in one array, 32 to 64 bytes each: what is kept to see who comes twice. */
final class DistinctUsers {
  private long[] pairs = new long[2 * 1024];
  private int size;
  private boolean zero;

  /** Whether it was not there. */
  boolean add(UUID user) {
    long high = user.getMostSignificantBits();
    long low = user.getLeastSignificantBits();
    if (high == 0 && low == 0) { // what an empty place holds
      boolean added = !zero;
      zero = true;
      return added;
    }
    if (4L * size > pairs.length) {
      grow();
    }
    return put(high, low);
  }

  private boolean put(long high, long low) {
    int mask = pairs.length - 1;
    int at = (int) (ListDigest.hash(high, low) << 1) & mask;
    for (; pairs[at] != 0 || pairs[at + 1] != 0; at = (at + 2) & mask) {
      if (pairs[at] == high && pairs[at + 1] == low) {
        return false;
      }
    }
    pairs[at] = high;
    pairs[at + 1] = low;
    size++;
    return true;
  }

  private void grow() {
    long[] before = pairs;
    pairs = new long[2 * before.length];
    size = 0;
    for (int at = 0; at < before.length; at += 2) {
      if (before[at] != 0 || before[at + 1] != 0) {
        put(before[at], before[at + 1]);
      }
    }
  }
}
