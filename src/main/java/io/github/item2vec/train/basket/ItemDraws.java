package io.github.item2vec.train.basket;

import io.github.item2vec.train.epoch.NegativeSampler;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What candidates are drawn from: items in proportion to count^nsExponent. 16 bytes per item.
 *
 * @param probabilities of each item in one draw
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ItemDraws(NegativeSampler sampler, double[] probabilities) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @param counts of each item, by index; >= 1
   */
  static ItemDraws of(long[] counts, double nsExponent) {
    double[] weights = NegativeSampler.weights(counts, nsExponent);
    double sum = Arrays.stream(weights).sum();
    double[] probabilities = Arrays.stream(weights).map(weight -> weight / sum).toArray();
    return new ItemDraws(new NegativeSampler(weights), probabilities);
  }
}
