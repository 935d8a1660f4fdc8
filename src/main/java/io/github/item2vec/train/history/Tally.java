package io.github.item2vec.train.history;

import java.util.Arrays;

/** Counts by item, many times over. 4 bytes per item of the catalogue; for one thread. */
final class Tally {
  private final int[] counts;
  private int[] touched = new int[64];
  private int size;

  Tally(int items) {
    this.counts = new int[items];
  }

  void add(int item, int count) {
    if (counts[item] == 0) {
      if (size == touched.length) {
        touched = Arrays.copyOf(touched, 2 * size);
      }
      touched[size++] = item;
    }
    counts[item] += count;
  }

  int count(int item) {
    return counts[item];
  }

  /** The items that have a count, rising. */
  int[] items() {
    int[] items = Arrays.copyOf(touched, size);
    Arrays.sort(items);
    return items;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      counts[touched[i]] = 0;
    }
    size = 0;
  }
}
