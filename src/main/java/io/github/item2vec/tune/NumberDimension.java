package io.github.item2vec.tune;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers from a range, both ends included.
 *
 * @param whole whether they are whole numbers (their values are {@link Long}s, others {@link
 *     Double}s)
 * @param low the smallest; with {@code log} above 0, for whole numbers 1 at least
 * @param high the largest, lowered to the grid when there is one; not below {@code low}
 * @param step distance between neighbours; 0 for a continuum
 * @param log whether they are drawn by their logarithm; excludes a step other than 1
 */
public record NumberDimension(boolean whole, double low, double high, double step, boolean log)
    implements Dimension {
  /** Checks the range. Throws {@link IllegalArgumentException} with the constraint. */
  public NumberDimension {
    require(Double.isFinite(low) && Double.isFinite(high) && low <= high, low, high, "low <= high");
    require(!log || low >= (whole ? 1 : Double.MIN_VALUE), low, high, "above 0 when log = true");
    require(step >= 0 && (!whole || step == Math.rint(step)), low, high, "a step above 0");
    require(!log || step == (whole ? 1 : 0), low, high, "without a step when log = true");
    require(!whole || (low == Math.rint(low) && high == Math.rint(high)), low, high, "whole");
    if (step > 0) {
      BigDecimal first = BigDecimal.valueOf(low);
      BigDecimal stride = BigDecimal.valueOf(step);
      BigDecimal steps =
          BigDecimal.valueOf(high).subtract(first).divide(stride, 0, RoundingMode.FLOOR);
      high = first.add(steps.multiply(stride)).doubleValue();
    }
  }

  /** Whole numbers. */
  public static NumberDimension whole(long low, long high) {
    return new NumberDimension(true, low, high, 1, false);
  }

  /** A continuum. */
  public static NumberDimension real(double low, double high) {
    return new NumberDimension(false, low, high, 0, false);
  }

  private static void require(boolean valid, double low, double high, String constraint) {
    if (!valid) {
      throw new IllegalArgumentException(
          "range [%s, %s]: must be %s".formatted(low, high, constraint));
    }
  }

  @Override
  public boolean single() {
    return low == high || (step > 0 && low + step > high);
  }

  @Override
  public boolean contains(Object value) {
    if (!(value instanceof Number number)) {
      return false;
    }
    double x = number.doubleValue();
    boolean onGrid = step == 0 || Math.abs(steps(x) - Math.rint(steps(x))) < 1e-8;
    return x >= low && x <= high && onGrid;
  }

  private double steps(double x) {
    return (x - low) / step;
  }

  @Override
  public double internal(Object value) {
    if (!contains(value)) {
      throw new IllegalArgumentException("%s is not in [%s, %s]".formatted(value, low, high));
    }
    return ((Number) value).doubleValue();
  }

  @Override
  public Object external(double internal) {
    return whole ? (Object) Math.round(internal) : (Object) internal;
  }

  /** Where the densities end, on the scale on which they live: half a step beyond the ends. */
  double lowBound() {
    return scale(low - step / 2);
  }

  /** See {@link #lowBound()}. */
  double highBound() {
    return scale(high + step / 2);
  }

  /** To the scale on which densities live. */
  double scale(double x) {
    return log ? Math.log(x) : x;
  }

  /** From the scale of the densities to the nearest value of the dimension. */
  double nearest(double scaled) {
    double x = log ? Math.exp(scaled) : scaled;
    double onGrid = step == 0 ? x : low + Math.rint(steps(x)) * step;
    return Math.min(high, Math.max(low, onGrid));
  }
}
