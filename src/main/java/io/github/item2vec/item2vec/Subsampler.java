package io.github.item2vec.item2vec;

import java.util.SplittableRandom;

/**
 * Leaves occurrences of frequent items out (Mikolov et al. 2013, "Distributed Representations",
 * section 2.3) with the probabilities of gensim 4.4.0: an item with count v is kept with
 * probability (sqrt(v / t) + 1) * t / v, where t = sample * the total count; from sample = 1 on,
 * the threshold is the count t = sample * (3 + sqrt 5) / 2.
 */
final class Subsampler {
  private final double[] keep;

  /**
   * @param sample 0 keeps everything
   */
  Subsampler(long[] counts, double sample) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double threshold = sample < 1 ? sample * total : Math.floor(sample * (3 + Math.sqrt(5)) / 2);
    keep = new double[counts.length];
    for (int i = 0; i < keep.length; i++) {
      double v = counts[i];
      keep[i] = sample == 0 ? 1 : (Math.sqrt(v / threshold) + 1) * (threshold / v);
    }
  }

  /**
   * Copies the kept items of {@code from} to the head of {@code to}; draws only for items that can
   * be left out.
   *
   * @return how many were kept
   */
  int filter(int[] from, int[] to, SplittableRandom random) {
    int kept = 0;
    for (int item : from) {
      if (keep[item] >= 1 || random.nextDouble() < keep[item]) {
        to[kept++] = item;
      }
    }
    return kept;
  }
}
