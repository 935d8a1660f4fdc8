package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;

/**
 * What follows what: C_ij is the sum of 1 / (t - s) over the pairs of places s &lt; t &lt;= s + 3
 * of item i and item j in a sequence; with r_i its row sums, c_j its column sums + 3 and q_j =
 * sum(c) / (c_j items), the entry is log(1 + 500 C_ij / (r_i + 15) sqrt(q_j)). The {@value #MOST}
 * greatest per row are kept. Constants chosen on validation data of several sets, once for all.
 */
final class Transitions {
  static final int MOST = 50;
  private static final int WINDOW = 3;

  /** Counts are whole numbers: a pair at a distance of 1, 2, 3 counts 6, 3, 2 of these. */
  private static final int UNIT = 6;

  private static final double SCALE = 500;
  private static final double ROW_PRIOR = 15;
  private static final double COLUMN_PRIOR = 3;
  private static final int SLICES = 64;

  private final int[][] sequences;
  private final Occurrences occurrences;
  private final double[] rareness;

  private Transitions(int[][] sequences, int items) {
    this.sequences = sequences;
    this.occurrences = new Occurrences(sequences, items);
    this.rareness = rareness(sequences, items);
  }

  /** The table of some sequences; the same on any number of threads. */
  static ItemTable of(int[][] sequences, int items, Workers workers) {
    Transitions transitions = new Transitions(sequences, items);
    TableRows rows = new TableRows(items);
    workers.run(
        SLICES,
        slice -> {
          Tally tally = new Tally(items);
          int to = (int) ((long) items * (slice + 1) / SLICES);
          for (int item = (int) ((long) items * slice / SLICES); item < to; item++) {
            transitions.row(item, tally, rows);
          }
        });
    return rows.table();
  }

  /** sqrt(q_j). */
  private static double[] rareness(int[][] sequences, int items) {
    long[] columns = new long[items];
    for (int[] sequence : sequences) {
      for (int t = 1; t < sequence.length; t++) {
        for (int s = Math.max(0, t - WINDOW); s < t; s++) {
          columns[sequence[t]] += UNIT / (t - s);
        }
      }
    }
    double sum = 0;
    for (long column : columns) {
      sum += (double) column / UNIT + COLUMN_PRIOR;
    }
    double whole = sum;
    return Arrays.stream(columns)
        .mapToDouble(c -> Math.sqrt(whole / (((double) c / UNIT + COLUMN_PRIOR) * items)))
        .toArray();
  }

  private void row(int item, Tally tally, TableRows rows) {
    long whole = 0;
    int from = occurrences.start(item);
    for (int at = from; at < from + occurrences.count(item); at++) {
      int[] sequence = sequences[occurrences.sequence(at)];
      int s = occurrences.place(at);
      for (int t = s + 1; t <= Math.min(s + WINDOW, sequence.length - 1); t++) {
        int count = UNIT / (t - s);
        whole += count;
        if (sequence[t] != item) {
          tally.add(sequence[t], count);
        }
      }
    }
    double prior = (double) whole / UNIT + ROW_PRIOR;
    int[] followers = tally.items();
    float[] values = new float[followers.length];
    for (int i = 0; i < values.length; i++) {
      double count = (double) tally.count(followers[i]) / UNIT;
      values[i] = (float) StrictMath.log1p(SCALE * count / prior * rareness[followers[i]]);
    }
    tally.clear();
    Greatest.of(followers, values, MOST).to(item, rows);
  }
}
