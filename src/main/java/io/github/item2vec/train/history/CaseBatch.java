package io.github.item2vec.train.history;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.recommend.LagWeights;
import java.util.List;

/**
 * Some cases under the same weights, with their profiles as a matrix. A case's part is filled by
 * any one thread, then read by all.
 */
final class CaseBatch {
  /** Most cases of a batch. */
  static final int MOST = BatchMath.BASKETS;

  private static final int WIDTH = BatchMath.COLUMNS;

  private final List<Case> cases;

  /**
   * By case and bucket: the share of one item in the profile, and the sum of the items' vectors.
   */
  private final double[][] shares;

  private final float[][][] sums;
  private final int[][] counts;
  private final float[][] profiles;
  private final float[] packed;

  /**
   * @param cases at most {@link #MOST}
   * @param columns of a padded row
   */
  CaseBatch(List<Case> cases, int columns) {
    int size = cases.size();
    this.cases = cases;
    this.shares = new double[size][LagWeights.BUCKETS];
    this.sums = new float[size][LagWeights.BUCKETS][];
    this.counts = new int[size][LagWeights.BUCKETS];
    this.profiles = new float[size][columns];
    this.packed = new float[padded() * columns];
  }

  /**
   * Computes a case's profile.
   *
   * @param weights by bucket
   * @param input vectors by item, padded
   */
  void fill(int b, double[] weights, float[][] input) {
    int[] context = cases.get(b).context();
    double whole = 0;
    for (int i = 0; i < context.length; i++) {
      int bucket = LagWeights.bucket(context.length - i);
      if (counts[b][bucket]++ == 0) {
        sums[b][bucket] = input[context[i]].clone();
      } else {
        RowMath.best().add(1, input[context[i]], sums[b][bucket]);
      }
      whole += weights[bucket];
    }
    float[] profile = profiles[b];
    for (int k = 0; k < LagWeights.BUCKETS; k++) {
      shares[b][k] = weights[k] / whole;
      if (counts[b][k] > 0) {
        RowMath.best().add((float) shares[b][k], sums[b][k], profile);
      }
    }
    for (int d = 0; d < profile.length; d++) {
      packed[b + d * padded()] = profile[d];
    }
  }

  int size() {
    return cases.size();
  }

  Case get(int b) {
    return cases.get(b);
  }

  float[] profile(int b) {
    return profiles[b];
  }

  /** Number of cases, filled up to a multiple of 16. */
  int padded() {
    return (cases.size() + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** The d-th value of case b at d * {@link #padded} + b; 0 for cases past the last. */
  float[] profiles() {
    return packed;
  }

  /** Share in the profile of a case of its item with a lag. */
  double share(int b, int lag) {
    return shares[b][LagWeights.bucket(lag)];
  }

  /**
   * From the gradient by a case's profile, that by the logarithms of the weights.
   *
   * @param along profile . error
   */
  double[] byLog(int b, float[] error, double along) {
    double[] byLog = new double[LagWeights.BUCKETS];
    for (int k = 0; k < byLog.length; k++) {
      if (counts[b][k] > 0) {
        byLog[k] = shares[b][k] * (dot(sums[b][k], error) - counts[b][k] * along);
      }
    }
    return byLog;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
