package io.github.item2vec.tune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * Truncated normal kernels over numbers, on the logarithmic scale for {@code log} dimensions; on a
 * grid a value has the mass of half a step to either side. The means are the observations; a width
 * is the larger of the gaps to the neighbours, at least range / min(100, n + 2) and at most the
 * range; for two or more observations the outermost have only the gap to their one neighbour. The
 * prior is in the middle of the range and as wide as it.
 */
final class NormalKernels implements Kernels {
  private final NumberDimension numbers;
  private final double low;
  private final double high;
  private final double[] means;
  private final double[] widths;
  private final double[] logMass;

  private NormalKernels(NumberDimension numbers, double[] means, double[] widths) {
    this.numbers = numbers;
    this.low = numbers.lowBound();
    this.high = numbers.highBound();
    this.means = means;
    this.widths = widths;
    this.logMass = new double[means.length];
    Arrays.setAll(logMass, i -> TruncatedNormal.logMass(standard(i, low), standard(i, high)));
  }

  static NormalKernels of(NumberDimension numbers, double[] observations) {
    int n = observations.length;
    double low = numbers.lowBound();
    double high = numbers.highBound();
    double[] means = Arrays.copyOf(observations, n + 1);
    for (int i = 0; i < n; i++) {
      means[i] = numbers.scale(means[i]);
    }
    means[n] = 0.5 * (low + high);
    return new NormalKernels(numbers, means, widths(means, n, low, high));
  }

  private static double[] widths(double[] means, int n, double low, double high) {
    double narrowest = (high - low) / Math.min(100, n + 2);
    Integer[] rising = new Integer[n];
    Arrays.setAll(rising, i -> i);
    Arrays.sort(rising, Comparator.comparingDouble(i -> means[i]));
    double[] widths = new double[n + 1];
    for (int place = 0; place < n; place++) {
      double mean = means[rising[place]];
      double left = mean - (place == 0 ? low : means[rising[place - 1]]);
      double right = (place == n - 1 ? high : means[rising[place + 1]]) - mean;
      double width = Math.max(left, right);
      if (n >= 2 && place == 0) {
        width = right;
      } else if (n >= 2 && place == n - 1) {
        width = left;
      }
      widths[rising[place]] = Math.min(high - low, Math.max(narrowest, width));
    }
    widths[n] = high - low;
    return widths;
  }

  double mean(int kernel) {
    return means[kernel];
  }

  double width(int kernel) {
    return widths[kernel];
  }

  private double standard(int kernel, double scaled) {
    return (scaled - means[kernel]) / widths[kernel];
  }

  @Override
  public double logDensity(int kernel, double value) {
    double half = numbers.step() / 2;
    if (half == 0) {
      double x = Math.min(high, Math.max(low, numbers.scale(value)));
      return TruncatedNormal.logDensity(standard(kernel, x))
          - logMass[kernel]
          - Math.log(widths[kernel]);
    }
    double left = standard(kernel, numbers.scale(value - half));
    double right = standard(kernel, numbers.scale(value + half));
    return TruncatedNormal.logMass(left, right) - logMass[kernel];
  }

  @Override
  public double draw(int kernel, SplittableRandom random) {
    double x =
        TruncatedNormal.quantile(
            random.nextDouble(), standard(kernel, low), standard(kernel, high));
    return numbers.nearest(means[kernel] + x * widths[kernel]);
  }
}
