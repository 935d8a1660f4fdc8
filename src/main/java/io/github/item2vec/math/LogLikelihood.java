package io.github.item2vec.math;

/** Sums logarithms of probabilities; takes a logarithm only when their product gets small. */
public final class LogLikelihood {
  private double sum;
  private double product = 1;

  /** Adds the logs of {@link RowMath#WIDTH} probabilities in (0, 1]. */
  public void add(float[] p) {
    double four = (double) p[0] * p[1] * ((double) p[2] * p[3]);
    double more = (double) p[4] * p[5] * ((double) p[6] * p[7]);
    product *= four * more;
    if (product < 1e-150) {
      settle();
    }
  }

  private void settle() {
    sum += Math.log(product);
    product = 1;
  }

  /** The sum so far, which starts again at 0. */
  public double take() {
    settle();
    double taken = sum;
    sum = 0;
    return taken;
  }
}
