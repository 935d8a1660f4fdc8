package io.github.item2vec.item2vec;

import java.util.Arrays;

/** Ids as UTF-8, one after another in one array that grows. */
final class Ids {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final IntList ends = new IntList();
  private byte[] bytes = new byte[1024];
  private int size;

  /**
   * @throws IllegalArgumentException when the ids together take more than 2 GiB
   */
  void add(byte[] added) {
    long needed = (long) size + added.length;
    if (needed > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the ids of the first %d items take more than %d bytes: use shorter ids"
              .formatted(ends.size(), MOST_BYTES));
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * bytes.length)));
    }
    System.arraycopy(added, 0, bytes, size, added.length);
    size += added.length;
    ends.add(size);
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Where each id ends. */
  int[] ends() {
    return ends.toArray();
  }
}
