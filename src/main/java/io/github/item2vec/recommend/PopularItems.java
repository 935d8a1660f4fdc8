package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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

  /**
   * Items in the order of their counts.
   *
   * @param counts rows that named the item, whole numbers
   */
  public static PopularItems of(Map<String, ? extends Number> counts) {
    List<String> ranked =
        counts.keySet().stream()
            .sorted(
                Comparator.comparingLong((String item) -> counts.get(item).longValue())
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    return new PopularItems(
        ranked, ranked.stream().mapToLong(item -> counts.get(item).longValue()).toArray());
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
  public long count(int rank) {
    return counts[rank];
  }

  /** Those that may be recommended. */
  PopularItems only(Predicate<String> permitted) {
    int[] ranks = IntStream.range(0, items.length).filter(i -> permitted.test(items[i])).toArray();
    return new PopularItems(
        Arrays.stream(ranks).mapToObj(i -> items[i]).toList(),
        Arrays.stream(ranks).mapToLong(i -> counts[i]).toArray());
  }
}
