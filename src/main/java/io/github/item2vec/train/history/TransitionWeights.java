package io.github.item2vec.train.history;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What follows what: C_ij is the sum of 1 / (t - s) over the pairs of places s &lt; t &lt;= s + 3
 * of item i and item j in a sequence; with r_i its row sums, c_j its column sums + 3 and q_j =
 * sum(c) / (c_j items), the entry is log(1 + 500 C_ij / (r_i + 15) sqrt(q_j)). The {@value #MOST}
 * greatest per row are kept. Constants chosen on validation data of several sets, once for all.
 * Counts are whole numbers: whoever adds them up, in any order, gets the same. 8 bytes per item.
 */
public final class TransitionWeights implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int MOST = 50;
  private static final int WINDOW = 3;

  /** A pair at a distance of 1, 2, 3 counts 6, 3, 2 of these. */
  private static final int UNIT = 6;

  private static final double SCALE = 500;
  private static final double ROW_PRIOR = 15;
  private static final double COLUMN_PRIOR = 3;

  /** sqrt(q_j). */
  private final double[] rareness;

  /**
   * Weights for some sequences.
   *
   * @param columns of each item what {@link #countColumns} says of all of them
   */
  public TransitionWeights(long[] columns) {
    double sum = 0;
    for (long column : columns) {
      sum += (double) column / UNIT + COLUMN_PRIOR;
    }
    double whole = sum;
    int items = columns.length;
    this.rareness =
        Arrays.stream(columns)
            .mapToDouble(c -> Math.sqrt(whole / (((double) c / UNIT + COLUMN_PRIOR) * items)))
            .toArray();
  }

  /** Pairs per item of a sequence at most. */
  public static int mostPairs() {
    return WINDOW;
  }

  /** Takes what is counted. */
  @FunctionalInterface
  public interface Pairs {
    /**
     * Takes a pair.
     *
     * @param count to be added to the pair's
     */
    void add(int item, int follower, int count);
  }

  /** Hands on the pairs of a sequence whose first item stands at a place. */
  static void count(int[] sequence, int place, Pairs pairs) {
    for (int t = place + 1; t <= Math.min(place + WINDOW, sequence.length - 1); t++) {
      pairs.add(sequence[place], sequence[t], UNIT / (t - place));
    }
  }

  /** Hands on the pairs of a sequence. */
  public static void count(int[] sequence, Pairs pairs) {
    for (int place = 0; place < sequence.length; place++) {
      count(sequence, place, pairs);
    }
  }

  /** Adds to each item's column of a tally, whose row it is here, what its pairs count. */
  public static void countColumns(int[] sequence, PairTally columns) {
    for (int t = 1; t < sequence.length; t++) {
      columns.add(sequence[t], 0, column(t));
    }
  }

  /** What the pairs count whose second item stands at a place. */
  static long column(int place) {
    return IntStream.rangeClosed(1, Math.min(place, WINDOW)).map(d -> UNIT / d).sum();
  }

  /**
   * The row of an item.
   *
   * @param followers rising; the item itself is part of the row's sum but gets no entry
   * @param counts of each
   */
  public Greatest row(int item, int[] followers, long[] counts) {
    double prior = (double) Arrays.stream(counts).sum() / UNIT + ROW_PRIOR;
    int[] others = IntStream.of(followers).filter(follower -> follower != item).toArray();
    float[] values = new float[others.length];
    int at = 0;
    for (int i = 0; i < followers.length; i++) {
      if (followers[i] != item) {
        double count = (double) counts[i] / UNIT;
        values[at++] = (float) StrictMath.log1p(SCALE * count / prior * rareness[followers[i]]);
      }
    }
    return Greatest.of(others, values, MOST);
  }
}
