package io.github.item2vec.train.window;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Leaves occurrences of frequent items out (Mikolov et al. 2013, "Distributed Representations",
 * section 2.3) with the probabilities of gensim 4.4.0: an item with count v is kept with
 * probability (sqrt(v / t) + 1) * t / v, where t = sample * the total count; from sample = 1 on,
 * the threshold is the count t = sample * (3 + sqrt 5) / 2.
 */
final class Subsampler implements Serializable {
  private static final long serialVersionUID = 1L;

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

  /** The items that are kept, in order; draws only for items that can be left out. */
  int[] filter(int[] items, SplittableRandom random) {
    int[] kept = new int[items.length];
    int length = 0;
    for (int item : items) {
      if (keep[item] >= 1 || random.nextDouble() < keep[item]) {
        kept[length++] = item;
      }
    }
    return Arrays.copyOf(kept, length);
  }

  /** Occurrences of each item that are kept on average. */
  double[] kept(long[] counts) {
    double[] kept = new double[counts.length];
    Arrays.setAll(kept, i -> counts[i] * Math.min(1, keep[i]));
    return kept;
  }
}
