package io.github.item2vec.evaluate;

import java.io.Serializable;
import java.util.Arrays;

/**
 * In how many lists each item of the catalogue stands, by its rank; as long as the highest rank
 * that was counted. Travels from tasks to the driver.
 */
final class ItemCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private long[] lists = new long[0];

  void add(int rank) {
    reach(rank + 1);
    lists[rank]++;
  }

  void addAll(ItemCounts other) {
    reach(other.lists.length);
    for (int rank = 0; rank < other.lists.length; rank++) {
      lists[rank] += other.lists[rank];
    }
  }

  private void reach(int length) {
    if (lists.length < length) {
      lists = Arrays.copyOf(lists, Math.max(length, lists.length + (lists.length >> 1)));
    }
  }

  /** Items that stand in some list. */
  int distinct() {
    int distinct = 0;
    for (long count : lists) {
      distinct += count > 0 ? 1 : 0;
    }
    return distinct;
  }

  /** Ordered pairs of lists that share an item, summed over the items: sum of c (c - 1). */
  double sharedPairs() {
    double pairs = 0;
    for (long count : lists) {
      pairs += (double) count * (count - 1);
    }
    return pairs;
  }

  /**
   * The Gini index of the counts, those of items that stand in no list among them: 0 when all items
   * stand in equally many, 1 when all places go to one. Shani and Gunawardana, "Evaluating
   * Recommendation Systems", Recommender Systems Handbook, 2011: the sum over j of (2 j - n - 1)
   * p(j) / (n - 1), j an item's place from 1 by rising count, p(j) its share of the places.
   *
   * @param n items of the catalogue, >= 2; some of them must have been counted
   */
  double gini(int n) {
    long[] rising = lists.clone();
    Arrays.sort(rising);
    double sum = 0;
    double places = 0;
    int zeros = n - rising.length; // negative for room that was made and not used
    for (int i = 0; i < rising.length; i++) {
      places += rising[i];
      sum += (2.0 * (zeros + i + 1) - n - 1) * rising[i];
    }
    return sum / places / (n - 1);
  }
}
