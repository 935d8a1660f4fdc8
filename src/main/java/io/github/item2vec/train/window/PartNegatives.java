package io.github.item2vec.train.window;

import io.github.item2vec.train.epoch.NegativeSampler;
import io.github.item2vec.train.epoch.Parts;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The sampling weights in each part, and how many negatives a target expects there: {@code
 * negative} times the part's share of the weights over its share of the targets, so that each item
 * is a negative as often as without parts.
 */
final class PartNegatives implements Serializable {
  private static final long serialVersionUID = 1L;

  /** By part, then row; the sum of a part is 1. */
  private final double[][] shares;

  private final double[] negatives;

  /**
   * @param counts of each item, >= 1
   * @param targets expected occurrences of each item as a target
   */
  PartNegatives(Parts parts, long[] counts, double[] targets, int negative, double nsExponent) {
    double[] weights = NegativeSampler.weights(counts, nsExponent);
    double weightSum = Arrays.stream(weights).sum();
    double targetSum = Arrays.stream(targets).sum();
    shares = new double[parts.count()][];
    negatives = new double[parts.count()];
    for (int part = 0; part < parts.count(); part++) {
      double[] own = new double[parts.rows(part)];
      double ownTargets = 0;
      for (int row = 0; row < own.length; row++) {
        own[row] = weights[parts.item(part, row)];
        ownTargets += targets[parts.item(part, row)];
      }
      double sum = Arrays.stream(own).sum();
      negatives[part] = negative * (sum / weightSum) / (ownTargets / targetSum);
      for (int row = 0; row < own.length; row++) {
        own[row] /= sum;
      }
      shares[part] = own;
    }
  }

  Block block(float[][] input, float[][] output, int outputPart) {
    return new Block(input, output, new NegativeDeck(shares[outputPart]), negatives[outputPart]);
  }
}
