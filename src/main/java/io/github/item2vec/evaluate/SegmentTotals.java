package io.github.item2vec.evaluate;

import java.io.Serializable;

/**
 * What is counted by segment over the lists of one partition, or of all, at the cut-off {@link
 * RankingMetric#K}. Travels from tasks to the driver.
 */
final class SegmentTotals implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int METRICS = RankingMetric.values().length;

  /** By {@link UserSegment}: evaluated users. */
  final long[] users = new long[UserSegment.values().length];

  /** By {@link ItemSegment}: held-out items, those of them in the list, places in lists. */
  final long[] heldOut = new long[ItemSegment.values().length];

  final long[] hits = new long[heldOut.length];
  final long[] places = new long[heldOut.length];

  /** By user segment and metric: the sum of the values, then that of their squares. */
  private final ExactSums sums = new ExactSums(users.length * METRICS * 2);

  /** Adds an evaluated user's values. */
  void add(UserSegment segment, boolean[] hits, int relevant) {
    users[segment.index()]++;
    for (RankingMetric metric : RankingMetric.values()) {
      double value = metric.of(hits, relevant, RankingMetric.K);
      if (value != 0) {
        int at = at(segment, metric);
        sums.add(at, ExactSums.fixed(value), 1);
        sums.add(at + 1, ExactSums.fixed(value * value), 1);
      }
    }
  }

  /** The mean over the users of a segment; it must have some. */
  double mean(UserSegment segment, RankingMetric metric) {
    return sums.sum(at(segment, metric)) / users[segment.index()];
  }

  /** The standard error of the mean; it must have two users or more. */
  double error(UserSegment segment, RankingMetric metric) {
    double n = users[segment.index()];
    double mean = mean(segment, metric);
    double squares = sums.sum(at(segment, metric) + 1) - n * mean * mean;
    return Math.sqrt(Math.max(0, squares) / (n - 1) / n);
  }

  private static int at(UserSegment segment, RankingMetric metric) {
    return 2 * (segment.index() * METRICS + metric.index());
  }

  void addAll(SegmentTotals other) {
    sums.addAll(other.sums);
    add(users, other.users);
    add(heldOut, other.heldOut);
    add(hits, other.hits);
    add(places, other.places);
  }

  private static void add(long[] to, long[] more) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }
}
