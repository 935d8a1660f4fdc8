package io.github.item2vec.recommend;

/** log(sum of exp(x)) of numbers that come one by one, without overflow. Not thread-safe. */
final class LogSum {
  private double largest = Double.NEGATIVE_INFINITY;
  private double sum;

  void clear() {
    largest = Double.NEGATIVE_INFINITY;
    sum = 0;
  }

  void add(double x) {
    if (x <= largest) {
      sum += StrictMath.exp(x - largest);
    } else {
      sum = sum * StrictMath.exp(largest - x) + 1;
      largest = x;
    }
  }

  /** Negative infinity when nothing was added. */
  double log() {
    return largest + StrictMath.log(sum);
  }

  /** log(exp(a) + exp(b)). */
  static double of(double a, double b) {
    LogSum sum = new LogSum();
    sum.add(Math.max(a, b));
    sum.add(Math.min(a, b));
    return sum.log();
  }
}
