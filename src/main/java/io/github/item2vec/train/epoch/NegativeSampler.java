package io.github.item2vec.train.epoch;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws items in proportion to count^nsExponent by Walker's alias method (Vose 1991): one array
 * read a draw, whatever the size of the vocabulary.
 */
public final class NegativeSampler implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int ALIAS_BITS = 31;

  /** Of each column, the share of its own item times 2^32, rounded up, then the other item. */
  private final long[] columns;

  /**
   * @param weights of each item, >= 0, one of them > 0; used up
   */
  public NegativeSampler(double[] weights) {
    int n = weights.length;
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < n; i++) {
      weights[i] *= n / sum;
    }
    int[] aliases = aliases(weights);
    columns = new long[n];
    Arrays.setAll(columns, i -> (long) Math.ceil(weights[i] * 0x1p32) << ALIAS_BITS | aliases[i]);
  }

  /**
   * count^nsExponent, scaled so that the largest is 1; by StrictMath, so that every machine draws
   * the same items.
   *
   * @param counts of each item, >= 1
   * @param nsExponent any finite number; below 0 rare items are drawn more often
   */
  public static double[] weights(long[] counts, double nsExponent) {
    double[] weights = new double[counts.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = nsExponent * StrictMath.log((double) counts[i]);
      largest = Math.max(largest, weights[i]);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp(weights[i] - largest);
    }
    return weights;
  }

  /**
   * The aliases; what is left in {@code threshold} is each column's own share. Vose's two stacks
   * are one array: columns below 1 from the left, the others from the right.
   */
  private static int[] aliases(double[] threshold) {
    int n = threshold.length;
    int[] alias = new int[n];
    int[] stacks = new int[n];
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      alias[i] = i;
      if (threshold[i] < 1) {
        stacks[small++] = i;
      } else {
        stacks[--large] = i;
      }
    }
    while (small > 0 && large < n) {
      int poor = stacks[--small];
      int rich = stacks[large];
      alias[poor] = rich;
      threshold[rich] -= 1 - threshold[poor];
      if (threshold[rich] < 1) {
        large++;
        stacks[small++] = rich;
      }
    }
    while (small > 0) { // left over by rounding: these columns are full
      threshold[stacks[--small]] = 1;
    }
    while (large < n) {
      threshold[stacks[large++]] = 1;
    }
    return alias;
  }

  /**
   * Index of an item. One random number serves both: its upper half times n is a column and a
   * fraction (Lemire 2019, "Fast Random Integer Generation in an Interval", section 4, without the
   * rejection: a column's probability is off by n / 2^32 at most), its lower half decides in it.
   */
  public int draw(SplittableRandom random) {
    long bits = random.nextLong();
    int index = (int) (((bits >>> 32) * columns.length) >>> 32);
    long column = columns[index];
    return (bits & 0xFFFFFFFFL) < column >>> ALIAS_BITS
        ? index
        : (int) (column & Integer.MAX_VALUE);
  }
}
