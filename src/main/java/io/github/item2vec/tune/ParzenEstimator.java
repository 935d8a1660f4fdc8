package io.github.item2vec.tune;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A density over some parameters jointly: a weighted mixture with one kernel an observation, which
 * is a product over the parameters, and one for the prior. With n observations the newest 25 and
 * the prior have weight 1, the older ones rise from 1 / n to 1.
 */
final class ParzenEstimator {
  /** Optuna's default_weights: as many of the newest observations count in full. */
  private static final int FULL_WEIGHTS = 25;

  private final double[] weights;
  private final List<Kernels> kernels;

  /**
   * @param dimensions of the parameters
   * @param observations of each parameter, oldest first; all of one length
   */
  ParzenEstimator(List<Dimension> dimensions, List<double[]> observations) {
    this.weights = weights(observations.get(0).length);
    this.kernels =
        IntStream.range(0, dimensions.size())
            .mapToObj(d -> Kernels.of(dimensions.get(d), observations.get(d)))
            .toList();
  }

  /** Of n observations and the prior; they sum to 1. */
  static double[] weights(int n) {
    double[] weights = new double[n + 1];
    Arrays.fill(weights, 1);
    int older = n - FULL_WEIGHTS;
    for (int i = 0; i < older; i++) {
      double first = 1.0 / n;
      weights[i] = older == 1 ? first : first + (1 - first) * i / (older - 1);
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  double[] weights() {
    return weights;
  }

  Kernels kernels(int dimension) {
    return kernels.get(dimension);
  }

  /** A point: a kernel by weight, then a value from it for each parameter. */
  double[] draw(SplittableRandom random) {
    int kernel = draw(weights, random);
    return kernels.stream().mapToDouble(k -> k.draw(kernel, random)).toArray();
  }

  /** An index by its probability. */
  static int draw(double[] probabilities, SplittableRandom random) {
    double left = random.nextDouble();
    int index = 0;
    while (index < probabilities.length - 1 && left >= probabilities[index]) {
      left -= probabilities[index++];
    }
    return index;
  }

  double logDensity(double[] point) {
    double[] logs = new double[weights.length];
    for (int kernel = 0; kernel < logs.length; kernel++) {
      logs[kernel] = Math.log(weights[kernel]);
      for (int d = 0; d < point.length; d++) {
        logs[kernel] += kernels.get(d).logDensity(kernel, point[d]);
      }
    }
    double max = Arrays.stream(logs).max().orElseThrow();
    return max == Double.NEGATIVE_INFINITY
        ? max
        : max + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - max)).sum());
  }
}
