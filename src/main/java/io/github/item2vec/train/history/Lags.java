package io.github.item2vec.train.history;

import io.github.item2vec.recommend.LagWeights;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Weights by lag as logarithms, and the logarithm of the factor that makes products logits.
 *
 * @param logs {@link LagWeights#BUCKETS}; only differences matter
 * @param scale the logit of an item is e^scale (profile . output vector)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Lags(double[] logs, double scale) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Every item counts the same. */
  public static Lags even(double scale) {
    return new Lags(new double[LagWeights.BUCKETS], scale);
  }

  /** The mean of two, of all logarithms. */
  Lags mean(Lags other) {
    double[] means = new double[logs.length];
    Arrays.setAll(means, k -> (logs[k] + other.logs[k]) / 2);
    return new Lags(means, (scale + other.scale) / 2);
  }

  /** The weights by bucket, the last item's being 1. */
  double[] weights() {
    return Arrays.stream(logs).map(log -> StrictMath.exp(log - logs[0])).toArray();
  }
}
