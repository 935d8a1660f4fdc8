package io.github.item2vec.job;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The mean difference of two values a user, with its 95 % interval: the 2.5 % and 97.5 % quantiles
 * of the means of 1,000 samples of the users with replacement (Efron's percentile bootstrap). Pairs
 * of one user stay together, so what makes a user hard for both does not widen it.
 */
record PairedInterval(double mean, double low, double high) {
  private static final int RESAMPLES = 1_000;

  /**
   * @param differences one a user, one at least
   */
  static PairedInterval of(double[] differences, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[r] = sum / differences.length;
    }
    Arrays.sort(means);
    return new PairedInterval(
        Arrays.stream(differences).average().orElseThrow(),
        means[RESAMPLES / 40],
        means[RESAMPLES - 1 - RESAMPLES / 40]);
  }

  /** For the manifest, in this order. */
  Map<String, Double> fields() {
    Map<String, Double> fields = new LinkedHashMap<>();
    fields.put("mean", mean);
    fields.put("low", low);
    fields.put("high", high);
    return fields;
  }
}
