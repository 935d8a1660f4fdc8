package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What each item of an ordered context counts in the user's profile, by its lag: how many items of
 * the context came after it, from 1 for the last. Lags share weights by buckets that grow with the
 * lag. Immutable; travels in a broadcast.
 */
public final class LagWeights implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The least lag of each bucket. */
  private static final int[] FIRST_LAG = {1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 61, 101};

  private static final int[] BUCKET_OF = new int[FIRST_LAG[FIRST_LAG.length - 1] + 1];

  static {
    for (int bucket = 0; bucket < FIRST_LAG.length; bucket++) {
      Arrays.fill(BUCKET_OF, FIRST_LAG[bucket], BUCKET_OF.length, bucket);
    }
  }

  /** Number of weights. */
  public static final int BUCKETS = FIRST_LAG.length;

  private final double[] weights;

  private LagWeights(double[] weights) {
    this.weights = weights;
  }

  /** Every item counts the same: the profile is the plain mean. */
  public static LagWeights even() {
    double[] ones = new double[BUCKETS];
    Arrays.fill(ones, 1);
    return new LagWeights(ones);
  }

  /**
   * Weights by bucket; only their ratios matter.
   *
   * @param weights {@link #BUCKETS} finite values, > 0
   */
  public static LagWeights of(double[] weights) {
    if (weights.length != BUCKETS
        || !Arrays.stream(weights).allMatch(w -> w > 0 && Double.isFinite(w))) {
      throw new IllegalArgumentException(
          "lag weights %s: must be %d finite values above 0"
              .formatted(Arrays.toString(weights), BUCKETS));
    }
    return new LagWeights(weights.clone());
  }

  /** The bucket of a lag, 0 for the last item's. */
  public static int bucket(int lag) {
    return BUCKET_OF[Math.min(lag, BUCKET_OF.length - 1)];
  }

  /** The lags of a bucket as people read them: "1", "5-6", "over 100". */
  public static String lags(int bucket) {
    int first = FIRST_LAG[bucket];
    if (bucket == BUCKETS - 1) {
      return "over " + (first - 1);
    }
    int last = FIRST_LAG[bucket + 1] - 1;
    return first == last ? Integer.toString(first) : first + "-" + last;
  }

  /**
   * Weight of an item.
   *
   * @param lag 1 for the last item of the context
   */
  public double weight(int lag) {
    return weights[bucket(lag)];
  }

  /**
   * Share of each item of a context in the profile, oldest first; they sum up to 1.
   *
   * @param length of the context, known items alone
   */
  public double[] shares(int length) {
    double[] shares = new double[length];
    double whole = 0;
    for (int i = 0; i < length; i++) {
      shares[i] = weight(length - i);
      whole += shares[i];
    }
    for (int i = 0; i < length; i++) {
      shares[i] /= whole;
    }
    return shares;
  }

  /** The weights by bucket, a copy. */
  public double[] values() {
    return weights.clone();
  }
}
