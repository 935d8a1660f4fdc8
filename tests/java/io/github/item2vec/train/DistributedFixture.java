package io.github.item2vec.train;

import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.progress.ProgressReport;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What tests of the distributed trainings share. */
final class DistributedFixture {
  private DistributedFixture() {}

  /**
   * Random sequences, two of them equal: these draw numbers of their own.
   *
   * @param shortest items of a sequence
   */
  static Sequence[] sequences(Random random, int items, int shortest) {
    Sequence[] sequences = new Sequence[200];
    Arrays.setAll(
        sequences,
        s -> Sequence.of(random.ints(shortest + random.nextInt(9), 0, items).toArray(), 11));
    sequences[7] = sequences[3];
    return sequences;
  }

  /** How often each item stands there, and once more. */
  static long[] counts(Sequence[] sequences, int items) {
    long[] counts = new long[items];
    Arrays.fill(counts, 1);
    for (Sequence sequence : sequences) {
      for (int item : sequence.items()) {
        counts[item]++;
      }
    }
    return counts;
  }

  /** Fails the training after so many epochs. */
  static ProgressReport stoppingAfter(int epochs) {
    return new ProgressReport(
        SparkSession.active().sparkContext(),
        1,
        1,
        progress -> {
          if (progress.epochsDone() == epochs) {
            throw new IllegalStateException("interrupted");
          }
        });
  }

  /** Rows (index, input, output) in any order. */
  static String text(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                row.get(0)
                    + Arrays.toString((float[]) row.get(1))
                    + Arrays.toString((float[]) row.get(2)))
        .sorted()
        .toList()
        .toString();
  }
}
