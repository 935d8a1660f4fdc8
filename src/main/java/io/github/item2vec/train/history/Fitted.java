package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.epoch.Workers;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What was measured on the hidden tails.
 *
 * @param lags weights by lag; even where they do not help
 * @param transitions their factor in the logits; 0 where they do not help
 */
public record Fitted(Lags lags, double transitions) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final int LAST = ProfileRule.LAST;

  /** Factor of {@link Neighbours} in the logits: helped on each of eight sets, and no tails. */
  private static final double NEIGHBOURS = 12;

  /** Weight of the mean vector of what was rated but is not liked. */
  static final double RATED = 0.15;

  private static final int SIZE = LagWeights.BUCKETS + 2;

  /** The numbers as rows of floats, the first of each, for checkpoints. */
  void to(float[][] rows) {
    for (int i = 0; i < LagWeights.BUCKETS; i++) {
      rows[i][0] = (float) lags.logs()[i];
    }
    rows[LagWeights.BUCKETS][0] = (float) lags.scale();
    rows[LagWeights.BUCKETS + 1][0] = (float) transitions;
    rows[SIZE][0] = 1;
  }

  /** Rows that {@link #to} fills; zeros before. */
  static float[][] rows(int padded) {
    return new float[SIZE + 1][padded];
  }

  static boolean isIn(float[][] rows) {
    return rows[SIZE][0] == 1;
  }

  static Fitted of(float[][] rows) {
    double[] logs = new double[LagWeights.BUCKETS];
    Arrays.setAll(logs, i -> rows[i][0]);
    return new Fitted(new Lags(logs, rows[LagWeights.BUCKETS][0]), rows[LagWeights.BUCKETS + 1][0]);
  }

  /** Nothing was measured: contexts have no order, and there are no tables. */
  public static Fitted none() {
    return new Fitted(Lags.even(0), 0);
  }

  /** As a checkpoint gives it back. */
  public Fitted rounded() {
    float[][] rows = rows(1);
    to(rows);
    return of(rows);
  }

  /** Factor of {@link TransitionWeights} in the scores; 0 for none. */
  public double followingFactor() {
    return transitions * StrictMath.exp(-lags.scale());
  }

  /** Factor of {@link Neighbours} in the scores. */
  public double nearFactor() {
    return NEIGHBOURS * StrictMath.exp(-lags.scale());
  }

  /** The rule, with tables counted over all sequences. */
  public ProfileRule rule(int[][] sequences, int items, Workers workers) {
    return rule(
        transitions == 0
            ? ItemTable.empty(items)
            : Transitions.of(sequences, items, workers).times(followingFactor()),
        Neighbours.of(sequences, items, workers).times(nearFactor()));
  }

  /** The rule with given tables. */
  public ProfileRule rule(ItemTable following, ItemTable near) {
    return new ProfileRule(LagWeights.of(lags.weights()), RATED, following, near);
  }
}
