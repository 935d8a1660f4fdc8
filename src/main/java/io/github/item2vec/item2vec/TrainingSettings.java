package io.github.item2vec.item2vec;

import java.io.Serializable;

/** The parameters of one training, captured by its tasks; ranges as in {@link Item2Vec}. */
record TrainingSettings(
    Architecture architecture,
    int windowSize,
    boolean shrinkWindows,
    int negative,
    double nsExponent,
    double sample,
    int vectorSize,
    double stepSize,
    double minStepSize,
    int maxIter,
    int numPartitions,
    long seed,
    Loss loss,
    double inputDropout,
    double hiddenDropout,
    double contextWeight,
    double regParam)
    implements Serializable {
  /** How items are dealt out: each part has one at least; CBOW has one part. */
  Parts parts(int items) {
    return new Parts(
        architecture == Architecture.SKIP_GRAM ? Math.min(numPartitions, items) : 1, items);
  }

  /**
   * Falls linearly with the work done, as gensim's.
   *
   * @param progress share of the whole training, 0 to 1
   */
  double stepSize(double progress) {
    return stepSize - (stepSize - minStepSize) * progress;
  }

  /** A seed for one piece of the work, named by numbers of its own. */
  long seed(long... piece) {
    long mixed = seed;
    for (long part : piece) {
      mixed = mix(mixed * 0x9E3779B97F4A7C15L + part + 1);
    }
    return mixed;
  }

  /** MurmurHash3's 64-bit finaliser. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
