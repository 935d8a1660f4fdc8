package io.github.item2vec.tune;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The standard normal distribution between two bounds, in logarithms so that far tails keep their
 * digits. The formulas are those of Optuna 5.0.0 ({@code samplers/_tpe/_truncnorm.py}), which takes
 * them from SciPy; here the tails come from erfcx instead of an asymptotic series.
 */
final class TruncatedNormal {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double LOG_SQRT_2_PI = Math.log(Math.sqrt(2 * Math.PI));
  private static final int MOST_NEWTON_STEPS = 100;
  private static final double NEWTON_TOLERANCE = 1e-12;

  private TruncatedNormal() {}

  /** Log of the standard normal density. */
  static double logDensity(double x) {
    return -x * x / 2 - LOG_SQRT_2_PI;
  }

  /** Log of the probability below x. */
  static double logBelow(double x) {
    return x < -1
        ? Math.log(0.5 * Erfcx.value(-x / SQRT_2)) - x * x / 2
        : Math.log1p(-0.5 * Erfc.value(x / SQRT_2));
  }

  /** Log of the probability between two bounds, {@code a <= b}. */
  static double logMass(double a, double b) {
    if (b <= 0) {
      return logDifference(logBelow(b), logBelow(a));
    }
    if (a > 0) {
      return logDifference(logBelow(-a), logBelow(-b));
    }
    return Math.log(0.5 * (Erf.value(b / SQRT_2) - Erf.value(a / SQRT_2)));
  }

  /** log(exp(p) - exp(q)) for p >= q. */
  private static double logDifference(double p, double q) {
    return p + Math.log1p(-Math.exp(q - p));
  }

  /** log(exp(p) + exp(q)). */
  private static double logSum(double p, double q) {
    double max = Math.max(p, q);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(p, q) - max));
  }

  /** The point between a and b below which the share q of the mass lies, 0 <= q <= 1. */
  static double quantile(double q, double a, double b) {
    if (q <= 0) {
      return a;
    }
    if (q >= 1) {
      return b;
    }
    double logMass = logMass(a, b);
    double x =
        a < 0
            ? inverseLogBelow(logSum(logBelow(a), Math.log(q) + logMass))
            : -inverseLogBelow(logSum(logBelow(-b), Math.log1p(-q) + logMass));
    return Math.min(b, Math.max(a, x));
  }

  /** x with {@link #logBelow}(x) = y, by Newton's method; y < 0. */
  static double inverseLogBelow(double y) {
    boolean upperTail = y > -1e-2;
    double z = upperTail ? Math.log(-Math.expm1(y)) : y;
    double x =
        z < -5
            ? -Math.sqrt(-2 * (z + LOG_SQRT_2_PI))
            : -Math.sqrt(3) / Math.PI * Math.log(Math.expm1(-z));
    for (int step = 0; step < MOST_NEWTON_STEPS; step++) {
      double below = logBelow(x);
      double change = (below - z) * Math.exp(below - logDensity(x));
      x -= change;
      if (Math.abs(change) <= NEWTON_TOLERANCE * Math.abs(x)) {
        break;
      }
    }
    return upperTail ? -x : x;
  }
}
