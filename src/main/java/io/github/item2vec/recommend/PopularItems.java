package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.List;

/** Items by falling count, equal counts by id; what users without context get. Broadcast. */
public final class PopularItems implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] items;
  private final long[] counts;

  /**
   * @param items most popular first
   * @param counts of the same length
   */
  public PopularItems(List<String> items, long[] counts) {
    this.items = items.toArray(String[]::new);
    this.counts = counts.clone();
  }

  public int size() {
    return items.length;
  }

  /** All items, the most popular first. */
  public List<String> items() {
    return List.of(items);
  }

  /** The item at a rank, 0 the most popular. */
  public String item(int rank) {
    return items[rank];
  }

  /** Rows that named the item; the score in a popularity list. */
  long count(int rank) {
    return counts[rank];
  }
}
