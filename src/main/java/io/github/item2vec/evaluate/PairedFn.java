package io.github.item2vec.evaluate;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * The totals of one partition, from rows (user, hash of the held-out items and values in the first
 * run, the same in the second); null where the user is not in a run. Runs in tasks.
 */
final class PairedFn implements FlatMapFunction<Iterator<Row>, PairedTotals> {
  private static final long serialVersionUID = 1L;

  private final int metrics;
  private final int samples;
  private final long seed;

  PairedFn(int metrics, int samples, long seed) {
    this.metrics = metrics;
    this.samples = samples;
    this.seed = seed;
  }

  @Override
  public Iterator<PairedTotals> call(Iterator<Row> rows) {
    PairedTotals totals = new PairedTotals(metrics, samples);
    PoissonWeights poisson = new PoissonWeights(seed);
    int[] weights = new int[samples];
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(3)) {
        totals.onlyFirst++;
      } else if (row.isNullAt(1)) {
        totals.onlySecond++;
      } else if (row.getLong(1) != row.getLong(3)) {
        totals.otherHeldOut++;
      } else {
        poisson.draw(row.getString(0), weights);
        totals.add(values(row, 2), values(row, 4), weights);
      }
    }
    return List.of(totals).iterator();
  }

  private static double[] values(Row row, int column) {
    return row.<Double>getList(column).stream().mapToDouble(Double::doubleValue).toArray();
  }
}
