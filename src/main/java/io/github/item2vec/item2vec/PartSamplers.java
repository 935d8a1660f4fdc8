package io.github.item2vec.item2vec;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A negative sampler for each part, and how many negatives its steps draw: {@code negative} times
 * the part's share of the sampling weights over its share of the targets, so that each item is a
 * negative as often as without parts.
 */
final class PartSamplers implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NegativeSampler[] samplers;
  private final double[] negatives;

  /**
   * @param counts of each item, >= 1
   * @param targets expected occurrences of each item as a target
   */
  PartSamplers(Parts parts, long[] counts, double[] targets, int negative, double nsExponent) {
    double[] weights = NegativeSampler.weights(counts, nsExponent);
    double weightSum = Arrays.stream(weights).sum();
    double targetSum = Arrays.stream(targets).sum();
    samplers = new NegativeSampler[parts.count()];
    negatives = new double[parts.count()];
    for (int part = 0; part < parts.count(); part++) {
      double[] own = new double[parts.rows(part)];
      double ownTargets = 0;
      for (int row = 0; row < own.length; row++) {
        own[row] = weights[parts.item(part, row)];
        ownTargets += targets[parts.item(part, row)];
      }
      double share = Arrays.stream(own).sum() / weightSum;
      negatives[part] = negative * share / (ownTargets / targetSum);
      samplers[part] = new NegativeSampler(own);
    }
  }

  Block block(float[][] input, float[][] output, int outputPart) {
    return new Block(input, output, samplers[outputPart], negatives[outputPart]);
  }
}
