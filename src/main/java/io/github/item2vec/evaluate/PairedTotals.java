package io.github.item2vec.evaluate;

import java.io.Serializable;

/**
 * What is counted over the users of two runs, of one partition or of all. Travels to the driver.
 */
final class PairedTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Users of both runs, of one alone, and of both with other held-out items. */
  long common;

  long onlyFirst;
  long onlySecond;
  long otherHeldOut;

  /** By metric: sums of the first run's values and of the second's. */
  final ExactSums means;

  /** By metric and bootstrap sample: sums of second - first. */
  final ExactSums differences;

  /** Users in each bootstrap sample. */
  final long[] sampled;

  /** By metric: users whose value is higher in the second run, and lower. */
  final long[] better;

  final long[] worse;

  PairedTotals(int metrics, int samples) {
    means = new ExactSums(2 * metrics);
    differences = new ExactSums(metrics * samples);
    sampled = new long[samples];
    better = new long[metrics];
    worse = new long[metrics];
  }

  /** Adds a user of both runs with the user's weight in each sample. */
  void add(double[] first, double[] second, int[] weights) {
    common++;
    for (int sample = 0; sample < weights.length; sample++) {
      sampled[sample] += weights[sample];
    }
    for (int metric = 0; metric < first.length; metric++) {
      long ours = ExactSums.fixed(first[metric]);
      long theirs = ExactSums.fixed(second[metric]);
      means.add(2 * metric, ours, 1);
      means.add(2 * metric + 1, theirs, 1);
      better[metric] += theirs > ours ? 1 : 0;
      worse[metric] += theirs < ours ? 1 : 0;
      for (int sample = 0; theirs != ours && sample < weights.length; sample++) {
        differences.add(metric * weights.length + sample, theirs - ours, weights[sample]);
      }
    }
  }

  PairedTotals plus(PairedTotals other) {
    common += other.common;
    onlyFirst += other.onlyFirst;
    onlySecond += other.onlySecond;
    otherHeldOut += other.otherHeldOut;
    means.addAll(other.means);
    differences.addAll(other.differences);
    for (int sample = 0; sample < sampled.length; sample++) {
      sampled[sample] += other.sampled[sample];
    }
    for (int metric = 0; metric < better.length; metric++) {
      better[metric] += other.better[metric];
      worse[metric] += other.worse[metric];
    }
    return this;
  }
}
