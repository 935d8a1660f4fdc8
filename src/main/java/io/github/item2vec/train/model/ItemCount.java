package io.github.item2vec.train.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How often an item occurs. In order: by falling count, ties by the bytes of the id. */
final class ItemCount implements Comparable<ItemCount> {
  private final byte[] id;
  private final long count;

  /**
   * @param id in UTF-8
   */
  ItemCount(byte[] id, long count) {
    this.id = id;
    this.count = count;
  }

  static ItemCount of(String id, long count) {
    return new ItemCount(id.getBytes(StandardCharsets.UTF_8), count);
  }

  byte[] id() {
    return id;
  }

  long count() {
    return count;
  }

  @Override
  public int compareTo(ItemCount other) {
    int byCount = Long.compare(other.count, count);
    return byCount != 0 ? byCount : Arrays.compareUnsigned(id, other.id);
  }
}
