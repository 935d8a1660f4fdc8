package io.github.item2vec.evaluate;

import java.io.Serializable;

/**
 * Sums of numbers that do not depend on the order in which they are added, however many: each
 * number is a whole multiple of 2^-52 (rounded once, by at most 2^-53), and whole numbers add up
 * exactly in 96 bits. Travels from tasks to the driver.
 */
final class ExactSums implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double SCALE = 0x1p52;
  private static final int LOW_BITS = 32;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;

  private final long[] high;
  private final long[] low;

  ExactSums(int count) {
    high = new long[count];
    low = new long[count];
  }

  /** A number of absolute value below 1024 as a multiple of 2^-52. */
  static long fixed(double value) {
    return Math.round(value * SCALE);
  }

  /** Adds {@code times} the {@link #fixed} number to the i-th sum. */
  void add(int i, long fixed, long times) {
    high[i] += times * (fixed >> LOW_BITS);
    low[i] += times * (fixed & LOW_MASK);
  }

  void addAll(ExactSums other) {
    for (int i = 0; i < high.length; i++) {
      high[i] += other.high[i];
      low[i] += other.low[i];
    }
  }

  double sum(int i) {
    long carried = high[i] + (low[i] >> LOW_BITS);
    return (carried * (double) (1L << LOW_BITS) + (low[i] & LOW_MASK)) / SCALE;
  }
}
