package io.github.item2vec.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Every {@link RankingMetric} at every cut-off over a data set of lists. Full ranking: nothing is
 * sampled.
 *
 * <p>Cost: one pass on the executors; each task returns one row of sums, added up by the driver in
 * the order of the partitions, so that the same partitions give the same bits.
 */
public final class TopKEvaluator {
  private final int[] cutOffs;

  /**
   * An evaluator at these cut-offs.
   *
   * @param cutOffs each >= 1
   */
  public TopKEvaluator(List<Integer> cutOffs) {
    this.cutOffs = cutOffs.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Means over the users of a data set.
   *
   * @param lists columns {@code items} (array&lt;string&gt;, best first; null = the user has no
   *     list and counts 0) and {@code test} (array&lt;string&gt;: the relevant items; users with
   *     none are not in the mean)
   */
  public MetricReport evaluate(Dataset<Row> lists) {
    MapPartitionsFunction<Row, double[]> fn = new MetricSumsFn(cutOffs);
    List<double[]> sums =
        lists
            .select("items", "test")
            .mapPartitions(fn, Encoders.javaSerialization(double[].class))
            .collectAsList();
    double[] total = new double[1 + RankingMetric.values().length * cutOffs.length];
    for (double[] part : sums) {
      for (int i = 0; i < total.length; i++) {
        total[i] += part[i];
      }
    }
    return report(total);
  }

  private MetricReport report(double[] total) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    int i = 1;
    for (int k : cutOffs) {
      for (RankingMetric metric : RankingMetric.values()) {
        double mean = total[i++] / total[0];
        if (total[0] > 0) {
          metrics.put(metric.at(k), mean);
        }
      }
    }
    return new MetricReport((long) total[0], metrics);
  }
}
