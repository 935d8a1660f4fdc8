package io.github.item2vec.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Two runs' metrics over the same users. The differences mean something when no user is in one run
 * alone and all have the same held-out items in both; who asks for them looks at that first.
 *
 * @param users of both runs with the same held-out items: the denominator of every mean
 * @param onlyFirst users of the first run alone
 * @param onlySecond users of the second run alone
 * @param otherHeldOut users of both with other held-out items; in no mean
 * @param metrics in the order that was asked for; empty when there are no users
 */
public record UserComparison(
    long users, long onlyFirst, long onlySecond, long otherHeldOut, List<Metric> metrics) {

  /**
   * One metric.
   *
   * @param metric such as {@code map@10}
   * @param first mean in the first run
   * @param second mean in the second run
   * @param difference second - first, paired over the users
   * @param better users with a higher value in the second run
   * @param worse users with a lower one
   */
  public record Metric(
      String metric,
      double first,
      double second,
      PairedDifference difference,
      long better,
      long worse) {}

  /**
   * Compares; one join by user and one pass. Sums are exact, and the {@value TopKEvaluator#SAMPLES}
   * bootstrap samples are drawn by the users' ids, as those of {@link TopKEvaluator#report} are, so
   * that the same tables give the same figures on any number of partitions, and the runs the other
   * way round the same with the other sign.
   *
   * @param first as {@link UserMetrics} makes them
   * @param second the same of the other run
   * @param metrics columns that both have, values of 0 to 1
   * @param seed of the bootstrap
   */
  public static UserComparison of(
      Dataset<Row> first, Dataset<Row> second, List<String> metrics, long seed) {
    Dataset<Row> joined =
        values(first, metrics, "first")
            .join(values(second, metrics, "second"), new String[] {UserMetrics.USER}, "full_outer");
    PairedTotals totals =
        joined
            .javaRDD()
            .mapPartitions(new PairedFn(metrics.size(), TopKEvaluator.SAMPLES, seed))
            .treeAggregate(
                new PairedTotals(metrics.size(), TopKEvaluator.SAMPLES),
                PairedTotals::plus,
                PairedTotals::plus);
    List<Metric> compared = new ArrayList<>();
    for (int i = 0; i < metrics.size() && totals.common > 0; i++) {
      compared.add(metric(metrics.get(i), i, totals));
    }
    return new UserComparison(
        totals.common, totals.onlyFirst, totals.onlySecond, totals.otherHeldOut, compared);
  }

  private static Metric metric(String name, int i, PairedTotals totals) {
    double first = totals.means.sum(2 * i) / totals.common;
    double second = totals.means.sum(2 * i + 1) / totals.common;
    double[] samples = new double[totals.sampled.length];
    for (int sample = 0; sample < samples.length; sample++) {
      if (totals.sampled[sample] > 0) { // else left as 0, as in TopKEvaluator
        samples[sample] =
            totals.differences.sum(i * samples.length + sample) / totals.sampled[sample];
      }
    }
    return new Metric(
        name,
        first,
        second,
        PairedDifference.of(second - first, samples),
        totals.better[i],
        totals.worse[i]);
  }

  private static Dataset<Row> values(Dataset<Row> users, List<String> metrics, String of) {
    Column[] columns = metrics.stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    return users.select(
        col(UserMetrics.USER), col(UserMetrics.HELD_OUT_HASH).as(of), array(columns).as(of + "s"));
  }
}
