package io.github.item2vec.tune;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Kernels over choices: with n observations the observed choice has weight 1 more than the others,
 * which have 1 / (n + 1) each; the prior is uniform.
 */
final class ChoiceKernels implements Kernels {
  private final int choices;
  private final double[] observations;

  ChoiceKernels(int choices, double[] observations) {
    this.choices = choices;
    this.observations = observations;
  }

  double probability(int kernel, int choice) {
    double prior = 1.0 / (observations.length + 1);
    if (kernel == observations.length) {
      return 1.0 / choices;
    }
    return (prior + (observations[kernel] == choice ? 1 : 0)) / (1 + choices * prior);
  }

  @Override
  public double logDensity(int kernel, double value) {
    return Math.log(probability(kernel, (int) value));
  }

  @Override
  public double draw(int kernel, SplittableRandom random) {
    double[] probabilities = new double[choices];
    Arrays.setAll(probabilities, choice -> probability(kernel, choice));
    return ParzenEstimator.draw(probabilities, random);
  }
}
