package io.github.item2vec.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A metric of one user's list against the user's relevant items (here: the held-out ones). With
 * {@code hit(i)} = 1 when the item at rank i (1-based) is relevant, {@code R} the number of
 * distinct relevant items and {@code k} the cut-off; a list shorter than k is as if filled with
 * misses, a missing list counts 0, and every user with {@code R >= 1} is in the mean.
 *
 * <p>An item counts once, at its first place in the list. Where a list repeats it, the repeat keeps
 * its place and is a miss, so that no metric exceeds 1.
 */
public enum RankingMetric {
  /** 1 when any of the first k is relevant, else 0. */
  HIT_RATE("hitrate"),
  /** hits / k, also for shorter lists (as Spark's {@code RankingMetrics.precisionAt}). */
  PRECISION("precision"),
  /** hits / R. */
  RECALL("recall"),
  /** Binary gain, log2(rank + 1) discount, ideal list of min(R, k) hits (as Spark's ndcgAt). */
  NDCG("ndcg"),
  /** 1 / rank of the first hit within k, else 0. */
  MRR("mrr"),
  /** Sum of precision at each hit, divided by k: the reference notebook's MAP. */
  MAP("map"),
  /** Sum of precision at each hit, divided by min(R, k): Spark's meanAveragePrecisionAt. */
  MAP_NORMALIZED("map-normalized");

  /** The cut-off by which models are compared, wherever there is one alone. */
  public static final int K = 10;

  private final String label;

  RankingMetric(String label) {
    this.label = label;
  }

  /** The metric of a name such as {@code map}; it must be one. */
  static RankingMetric of(String label) {
    return Stream.of(values()).filter(m -> m.label.equals(label)).findFirst().orElseThrow();
  }

  static String[] labels() {
    return Stream.of(values()).map(metric -> metric.label).toArray(String[]::new);
  }

  /** The metric's name in reports at a cut-off, such as {@code map@10}. */
  public String at(int k) {
    return label + "@" + k;
  }

  /**
   * The hits of a list: whether each place is the first of a relevant item.
   *
   * @param items best first; may repeat items and hold null, which is no item
   * @param relevant the relevant items
   * @return one for each place of the list
   */
  public static boolean[] hits(List<String> items, Set<String> relevant) {
    Set<String> left = new HashSet<>(relevant);
    boolean[] hits = new boolean[items.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = items.get(i) != null && left.remove(items.get(i));
    }
    return hits;
  }

  /**
   * The metric of one list.
   *
   * @param hits whether the item at each rank is relevant, best first; a repeated item at its first
   *     place only, as {@link #hits} gives them
   * @param relevant number of distinct relevant items, >= 1
   * @param k cut-off, >= 1
   * @throws IllegalArgumentException when there are more hits than relevant items, which a repeated
   *     item would give, or a number is below 1
   */
  public double of(boolean[] hits, int relevant, int k) {
    requirePossible(hits, relevant, k);
    int length = Math.min(hits.length, k);
    return switch (this) {
      case HIT_RATE -> count(hits, length) > 0 ? 1 : 0;
      case PRECISION -> (double) count(hits, length) / k;
      case RECALL -> (double) count(hits, length) / relevant;
      case NDCG -> gain(hits, length) / idealGain(Math.min(relevant, k));
      case MRR -> reciprocalRank(hits, length);
      case MAP -> precisionSum(hits, length) / k;
      case MAP_NORMALIZED -> precisionSum(hits, length) / Math.min(relevant, k);
    };
  }

  private static void requirePossible(boolean[] hits, int relevant, int k) {
    if (relevant < 1 || k < 1) {
      throw new IllegalArgumentException(
          "relevant = %d, k = %d: must be >= 1".formatted(relevant, k));
    }
    int all = count(hits, hits.length);
    if (all > relevant) {
      throw new IllegalArgumentException(
          "%d hits of %d relevant items: a repeated item counts once, see RankingMetric.hits"
              .formatted(all, relevant));
    }
  }

  private static int count(boolean[] hits, int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += hits[i] ? 1 : 0;
    }
    return count;
  }

  private static double precisionSum(boolean[] hits, int length) {
    int count = 0;
    double sum = 0;
    for (int i = 0; i < length; i++) {
      if (hits[i]) {
        count++;
        sum += (double) count / (i + 1);
      }
    }
    return sum;
  }

  private static double reciprocalRank(boolean[] hits, int length) {
    for (int i = 0; i < length; i++) {
      if (hits[i]) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  private static double gain(boolean[] hits, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      if (hits[i]) {
        sum += 1 / Math.log(i + 2);
      }
    }
    return sum;
  }

  private static double idealGain(int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += 1 / Math.log(i + 2);
    }
    return sum;
  }

  /** Its place in arrays with one number for each. */
  @SuppressWarnings("EnumOrdinal") // nothing that is stored holds it
  int index() {
    return ordinal();
  }
}
