package io.github.item2vec.evaluate;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Sums over the users of one partition: the number of users, then cut-off by cut-off each metric.
 */
final class MetricSumsFn implements MapPartitionsFunction<Row, double[]> {
  private static final long serialVersionUID = 1L;

  private final int[] cutOffs;

  MetricSumsFn(int[] cutOffs) {
    this.cutOffs = cutOffs;
  }

  @Override
  public Iterator<double[]> call(Iterator<Row> users) {
    RankingMetric[] metrics = RankingMetric.values();
    double[] sums = new double[1 + metrics.length * cutOffs.length];
    while (users.hasNext()) {
      Row user = users.next();
      Set<String> relevant = new HashSet<>(user.getList(1));
      if (!relevant.isEmpty()) {
        sums[0]++;
        boolean[] hits = hits(user.isNullAt(0) ? List.of() : user.getList(0), relevant);
        int i = 1;
        for (int k : cutOffs) {
          for (RankingMetric metric : metrics) {
            sums[i++] += metric.of(hits, relevant.size(), k);
          }
        }
      }
    }
    return List.of(sums).iterator();
  }

  private static boolean[] hits(List<String> items, Set<String> relevant) {
    boolean[] hits = new boolean[items.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = relevant.contains(items.get(i));
    }
    return hits;
  }
}
