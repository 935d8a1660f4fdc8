package io.github.item2vec.evaluate;

import java.util.Arrays;

/** Where 95 % of the bootstrap samples lie. */
public record Interval(double low, double high) {
  private static final double TAIL = 0.025;

  /** The percentiles 2.5 and 97.5, by the nearest rank. */
  static Interval of(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int cut = (int) (TAIL * sorted.length);
    return new Interval(sorted[cut], sorted[sorted.length - 1 - cut]);
  }
}
