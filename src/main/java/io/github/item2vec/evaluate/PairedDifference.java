package io.github.item2vec.evaluate;

/**
 * By how much one model's mean exceeds another's on the same users.
 *
 * @param mean of the differences
 * @param interval 95 % of the bootstrap samples of it; zero outside says that the models differ
 * @param pValue two-sided: twice the share of samples on the rarer side of zero, the sample itself
 *     counted, so at least 2 / (samples + 1); samples without a difference count on both sides
 */
public record PairedDifference(double mean, Interval interval, double pValue) {
  /** Below it a difference of means is rounding: each user's value is a multiple of 2^-52. */
  private static final double ROUNDING = 1e-12;

  static PairedDifference of(double mean, double[] samples) {
    int notAbove = 1;
    int notBelow = 1;
    for (double sample : samples) {
      notAbove += sample <= ROUNDING ? 1 : 0;
      notBelow += sample >= -ROUNDING ? 1 : 0;
    }
    double rarer = (double) Math.min(notAbove, notBelow) / (samples.length + 1);
    return new PairedDifference(mean, Interval.of(samples), Math.min(1, 2 * rarer));
  }
}
