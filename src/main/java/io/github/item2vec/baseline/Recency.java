package io.github.item2vec.baseline;

import io.github.item2vec.recommend.LagWeights;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A rule of thumb for the order of a context: its item of age a (0 for the last) counts 0.1 + 0.9 x
 * 0.8^a, averaged over the ages that share a weight.
 */
final class Recency {
  private static final int OLDEST = 200;

  private Recency() {}

  static LagWeights weights() {
    double[] weights = new double[LagWeights.BUCKETS];
    Arrays.setAll(
        weights,
        bucket ->
            IntStream.rangeClosed(1, OLDEST)
                .filter(lag -> LagWeights.bucket(lag) == bucket)
                .mapToDouble(lag -> 0.1 + 0.9 * StrictMath.pow(0.8, lag - 1.0))
                .average()
                .orElseThrow());
    return LagWeights.of(weights);
  }
}
