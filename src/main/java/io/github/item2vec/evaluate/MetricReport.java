package io.github.item2vec.evaluate;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means over users, with bootstrap samples of them.
 *
 * <p>Users of the data set = without test items (in no mean) + evaluated. A user whose list is
 * missing or empty is evaluated and counts 0.
 */
public final class MetricReport {
  private final ListTotals totals;
  private final Map<String, Double> metrics;
  private final Map<String, double[]> samples;

  private final Segments segments;

  MetricReport(
      ListTotals totals,
      Map<String, Double> metrics,
      Map<String, double[]> samples,
      Segments segments) {
    this.totals = totals;
    this.segments = segments;
    this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    this.samples = samples;
  }

  /** Users with at least one relevant item: the denominator of every mean. */
  public long users() {
    return totals.evaluated();
  }

  /** Users without a relevant item; they are in no mean. */
  public long usersWithoutTest() {
    return totals.withoutTest;
  }

  /** Evaluated users without a profile, whatever list they got. */
  public long coldUsers() {
    return totals.cold;
  }

  /** Evaluated users without a list; they count 0. */
  public long usersWithoutList() {
    return totals.withoutList;
  }

  /** Evaluated users none of whose relevant items is in the catalogue; 0 without a catalogue. */
  public long usersWithoutReachableItem() {
    return totals.unreachable;
  }

  /** By name, such as {@code map@10}; empty when no user is evaluated. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /** The metrics by segment of users and of items. */
  public Segments segments() {
    return segments;
  }

  /**
   * The 95 % bootstrap interval of a mean over users.
   *
   * @throws IllegalArgumentException when the metric is none of {@link RankingMetric} at a cut-off
   *     of the report, or the report has no samples
   */
  public Interval interval(String metric) {
    return Interval.of(samples(metric));
  }

  /** The intervals of all means; empty when the report has no samples. */
  public Map<String, Interval> intervals() {
    Map<String, Interval> intervals = new LinkedHashMap<>();
    samples.forEach((metric, values) -> intervals.put(metric, Interval.of(values)));
    return intervals;
  }

  /**
   * The paired comparison with another model's report on the same users.
   *
   * @throws IllegalArgumentException as {@link #interval}, or when the users, seeds or numbers of
   *     samples differ
   */
  public PairedDifference minus(MetricReport other, String metric) {
    double[] ours = samples(metric);
    double[] theirs = other.samples(metric);
    if (totals.fingerprint != other.totals.fingerprint
        || users() != other.users()
        || !Arrays.equals(totals.sampled, other.totals.sampled)) {
      throw new IllegalArgumentException(
          "reports of other users or bootstrap samples: %d and %d users"
              .formatted(users(), other.users()));
    }
    double[] differences = new double[ours.length];
    for (int i = 0; i < ours.length; i++) {
      differences[i] = ours[i] - theirs[i];
    }
    return PairedDifference.of(metrics.get(metric) - other.metrics.get(metric), differences);
  }

  private double[] samples(String metric) {
    double[] values = samples.get(metric);
    if (values == null) {
      throw new IllegalArgumentException(
          "no bootstrap samples of '%s': there are %s".formatted(metric, samples.keySet()));
    }
    return values;
  }
}
