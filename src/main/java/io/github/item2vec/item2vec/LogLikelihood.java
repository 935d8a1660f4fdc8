package io.github.item2vec.item2vec;

/** Sums logarithms of probabilities; takes a logarithm only when their product gets small. */
final class LogLikelihood {
  private double sum;
  private double product = 1;

  /** Adds the logs of some probabilities in (0, 1]. */
  void add(float[] probabilities) {
    for (float probability : probabilities) {
      product *= probability;
    }
    if (product < 1e-150) {
      settle();
    }
  }

  private void settle() {
    sum += Math.log(product);
    product = 1;
  }

  /** The sum so far, which starts again at 0. */
  double take() {
    settle();
    double taken = sum;
    sum = 0;
    return taken;
  }
}
