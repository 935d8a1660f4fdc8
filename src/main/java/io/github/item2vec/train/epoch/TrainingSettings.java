package io.github.item2vec.train.epoch;

import java.io.Serializable;

/** The parameters of one training, captured by its tasks; ranges as in the estimator. */
public record TrainingSettings(
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
  /** gensim 4.4.0's MAX_SENTENCE_LEN; it drops the rest, here it becomes a sequence of its own. */
  private static final int LONGEST_WINDOWED = 10_000;

  /** Longer sequences are cut, which bounds the memory of windows; a basket stays whole. */
  public int longestSequence() {
    return architecture == Architecture.BASKET ? Integer.MAX_VALUE : LONGEST_WINDOWED;
  }

  /** How items are dealt out: each part has one at least; CBOW has one part. */
  public Parts parts(int items) {
    return new Parts(
        architecture == Architecture.SKIP_GRAM ? Math.min(numPartitions, items) : 1, items);
  }

  /**
   * Falls linearly with the work done, as gensim's.
   *
   * @param progress share of the whole training, 0 to 1
   */
  public double stepSize(double progress) {
    return stepSize - (stepSize - minStepSize) * progress;
  }

  /** A seed for one piece of the work, named by numbers of its own. */
  public long seed(long... piece) {
    long mixed = seed;
    for (long part : piece) {
      mixed = Mixing.mix(mixed, part);
    }
    return mixed;
  }
}
