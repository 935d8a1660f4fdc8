package io.github.item2vec.tune;

import java.util.Arrays;
import java.util.List;

/**
 * How often trials chose each part of a dimension's range, smoothed: the range is cut into at most
 * {@value #MOST_CELLS} cells (a choice has its own), each cell with trials is a kernel of its
 * number of trials, a normal one with Scott's width between numbers, and a flat kernel stands for
 * one more trial. As Optuna 5.0.0's {@code _ped_anova/scott_parzen_estimator.py} has it.
 */
final class GridDensity {
  private static final int MOST_CELLS = 50;

  /** 1.64 of it are half a cell: 90 % of the narrowest kernel lie in its own cell. */
  private static final double NARROWEST = 0.5 / 1.64;

  private GridDensity() {}

  /**
   * The mass of each cell, in sum 1.
   *
   * @param values chosen, at least one, each in the dimension
   */
  static double[] of(Dimension dimension, List<Object> values) {
    return dimension instanceof NumberDimension numbers
        ? numbers(counts(numbers, values))
        : choices(counts((ChoiceDimension) dimension, values));
  }

  private static long[] counts(ChoiceDimension dimension, List<Object> values) {
    long[] counts = new long[dimension.choices().size()];
    values.forEach(value -> counts[(int) dimension.internal(value)]++);
    return counts;
  }

  private static long[] counts(NumberDimension dimension, List<Object> values) {
    long[] counts = new long[cells(dimension)];
    double low = dimension.scale(dimension.low());
    double width = (dimension.scale(dimension.high()) - low) / (counts.length - 1);
    for (Object value : values) {
      double place = (dimension.scale(dimension.internal(value)) - low) / width;
      long cell = (long) Math.ceil(place - 0.5); // half way goes down
      counts[(int) Math.min(counts.length - 1, Math.max(0, cell))]++;
    }
    return counts;
  }

  private static int cells(NumberDimension dimension) {
    double range = dimension.high() - dimension.low();
    if (dimension.log() && dimension.whole()) {
      return Math.min(MOST_CELLS, (int) Math.ceil(Math.log(range + 1) / Math.log(2)) + 1);
    }
    return dimension.step() == 0
        ? MOST_CELLS
        : (int) Math.min(MOST_CELLS, Math.rint(range / dimension.step()) + 1);
  }

  private static double[] choices(long[] counts) {
    long kernels = 1 + Arrays.stream(counts).filter(n -> n > 0).count();
    double flat = 1.0 / kernels; // each kernel's share of the prior
    double row = 1 + counts.length * flat;
    double total = 1.0 + Arrays.stream(counts).sum();
    double[] density = new double[counts.length];
    for (int cell = 0; cell < counts.length; cell++) {
      double own = counts[cell] / row;
      double others = (total - 1) * flat / row;
      density[cell] = (own + others + 1.0 / counts.length) / total;
    }
    return density;
  }

  private static double[] numbers(long[] counts) {
    int n = counts.length;
    double total = 1.0 + Arrays.stream(counts).sum();
    double width = Math.max(NARROWEST, scottWidth(counts));
    double[] density = kernel(n, (n - 1) / 2.0, n, 1 / total);
    for (int mean = 0; mean < n; mean++) {
      if (counts[mean] > 0) {
        double[] one = kernel(n, mean, width, counts[mean] / total);
        Arrays.setAll(density, cell -> density[cell] + one[cell]);
      }
    }
    return density;
  }

  private static double[] kernel(int n, double mean, double width, double weight) {
    double whole = TruncatedNormal.logMass((-0.5 - mean) / width, (n - 0.5 - mean) / width);
    double[] masses = new double[n];
    for (int cell = 0; cell < n; cell++) {
      double left = (cell - 0.5 - mean) / width;
      double right = (cell + 0.5 - mean) / width;
      masses[cell] = weight * Math.exp(TruncatedNormal.logMass(left, right) - whole);
    }
    return masses;
  }

  /** Scott, "Multivariate Density Estimation", 1992: the smaller of two measures of spread. */
  private static double scottWidth(long[] counts) {
    long total = Arrays.stream(counts).sum();
    double mean = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      mean += (double) counts[cell] * cell / total;
    }
    double squares = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      squares += counts[cell] * (cell - mean) * (cell - mean);
    }
    double deviation = Math.sqrt(squares / Math.max(1, total - 1));
    double quartiles = quartile(counts, total * 3 / 4 + 1) - quartile(counts, total / 4);
    return 1.059 * Math.min(quartiles / 1.34, deviation) * Math.pow((double) total, -0.2);
  }

  /** The first cell with trials at which that many are reached, or the last with trials. */
  private static int quartile(long[] counts, long rank) {
    long below = 0;
    int last = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0) {
        last = cell;
        below += counts[cell];
        if (below >= rank) {
          break;
        }
      }
    }
    return last;
  }
}
