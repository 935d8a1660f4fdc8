package io.github.item2vec.train.basket;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which baskets of a batch hold an item, in the context or as positive: by item, then by basket.
 */
final class Incidence {
  private static final int ITEM_SHIFT = 32;
  private static final int DIGIT_BITS = 11;
  private static final int BASKET_SHIFT = 24;
  private static final int PLACE_MASK = (1 << BASKET_SHIFT) - 1;

  /** Item in 32 bits, basket in 8, place in the basket in 24. */
  private final long[] entries;

  private final int[] items;
  private final int[] starts;

  /**
   * @param given by basket and place; used up
   */
  private Incidence(long[] given) {
    this.entries = byItem(given);
    int[] first = new int[entries.length + 1];
    int distinct = 0;
    for (int i = 0; i < entries.length; i++) {
      if (i == 0 || entries[i] >>> ITEM_SHIFT != entries[i - 1] >>> ITEM_SHIFT) {
        first[distinct++] = i;
      }
    }
    first[distinct] = entries.length;
    starts = Arrays.copyOf(first, distinct + 1);
    items = new int[distinct];
    Arrays.setAll(items, i -> (int) (entries[starts[i]] >>> ITEM_SHIFT));
  }

  /**
   * In the order of the items, otherwise as they are: the digits of the item one after the other,
   * the last first, each by counting. A tenth of the time of a comparing sort.
   */
  private static long[] byItem(long[] given) {
    long largest = 0;
    for (long entry : given) {
      largest = Math.max(largest, entry >>> ITEM_SHIFT);
    }
    long[] from = given;
    long[] to = new long[given.length];
    for (int shift = 0; shift == 0 || largest >>> shift > 0; shift += DIGIT_BITS) {
      int[] next = new int[(1 << DIGIT_BITS) + 1];
      for (long entry : from) {
        next[digit(entry, shift) + 1]++;
      }
      for (int d = 1; d < next.length; d++) {
        next[d] += next[d - 1];
      }
      for (long entry : from) {
        to[next[digit(entry, shift)]++] = entry;
      }
      long[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static int digit(long entry, int shift) {
    return (int) (entry >>> (ITEM_SHIFT + shift)) & ((1 << DIGIT_BITS) - 1);
  }

  static Incidence ofContexts(List<Basket> batch) {
    return new Incidence(entries(batch, true));
  }

  static Incidence ofPositives(List<Basket> batch) {
    return new Incidence(entries(batch, false));
  }

  private static long[] entries(List<Basket> batch, boolean contexts) {
    int size = 0;
    for (Basket basket : batch) {
      size += contexts ? basket.contexts : basket.positives();
    }
    long[] entries = new long[size];
    int filled = 0;
    for (int b = 0; b < batch.size(); b++) {
      Basket basket = batch.get(b);
      int from = contexts ? 0 : basket.firstPositive();
      int to = contexts ? basket.contexts : basket.items.length;
      for (int i = from; i < to; i++) {
        entries[filled++] =
            (long) basket.items[i] << ITEM_SHIFT | (long) b << BASKET_SHIFT | i - from;
      }
    }
    return entries;
  }

  /** The items held, rising. */
  int[] items() {
    return items;
  }

  /** Tells the entries of an item, in the order of the baskets. */
  void forEach(int item, IntConsumer entry) {
    int index = Arrays.binarySearch(items, item);
    if (index >= 0) {
      for (int i = starts[index]; i < starts[index + 1]; i++) {
        entry.accept(i);
      }
    }
  }

  /** Takes an entry and its item. */
  interface Entry {
    void accept(int entry, int item);
  }

  /** Tells the entries of the items from .. to - 1, by item, then in the order of the baskets. */
  void between(int from, int to, Entry entry) {
    int found = Arrays.binarySearch(items, from);
    for (int i = found < 0 ? -1 - found : found; i < items.length && items[i] < to; i++) {
      for (int e = starts[i]; e < starts[i + 1]; e++) {
        entry.accept(e, items[i]);
      }
    }
  }

  int basket(int entry) {
    return (int) entries[entry] >>> BASKET_SHIFT;
  }

  /** Place among the contexts or among the positives of the basket. */
  int place(int entry) {
    return (int) entries[entry] & PLACE_MASK;
  }
}
