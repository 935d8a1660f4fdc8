package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;

/** A user's best items among some of all items; travels in a shuffle. */
final class PartialList implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] items;
  private final float[] products;
  private final double logSum;

  /**
   * @param items by falling product, ties by id
   * @param logSum see {@link Recommendations#scores}
   */
  PartialList(String[] items, float[] products, double logSum) {
    this.items = items;
    this.products = products;
    this.logSum = logSum;
  }

  String[] items() {
    return items;
  }

  float[] products() {
    return products;
  }

  double logSum() {
    return logSum;
  }

  /** The best k of two lists that share no item. */
  PartialList merge(PartialList other, int k) {
    int length = Math.min(k, items.length + other.items.length);
    String[] best = new String[length];
    float[] scores = new float[length];
    int a = 0;
    int b = 0;
    for (int i = 0; i < length; i++) {
      if (b == other.items.length || (a < items.length && before(a, other, b))) {
        best[i] = items[a];
        scores[i] = products[a++];
      } else {
        best[i] = other.items[b];
        scores[i] = other.products[b++];
      }
    }
    return new PartialList(best, scores, LogSum.of(logSum, other.logSum));
  }

  private boolean before(int a, PartialList other, int b) {
    return products[a] != other.products[b]
        ? products[a] > other.products[b]
        : items[a].compareTo(other.items[b]) < 0;
  }

  @Override
  public String toString() {
    return Arrays.toString(items);
  }
}
