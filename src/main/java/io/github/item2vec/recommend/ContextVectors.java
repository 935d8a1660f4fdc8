package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The vectors whose weighted mean is a user's profile, and what its last items add. Immutable;
 * travels in a broadcast.
 */
final class ContextVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ItemIndex index;
  private final int columns;

  /** Row-major; null for unit vectors, column i the item at place i. */
  private final float[] rows;

  private final LagWeights lags;
  private final Transitions transitions;

  /**
   * @param transitions rows and columns are places
   */
  ContextVectors(
      ItemIndex index, int columns, float[] rows, LagWeights lags, Transitions transitions) {
    this.index = index;
    this.columns = columns;
    this.rows = rows;
    this.lags = lags;
    this.transitions = transitions;
  }

  /** The same vectors with other weights and transitions. */
  ContextVectors with(LagWeights otherLags, Transitions otherTransitions) {
    return new ContextVectors(index, columns, rows, otherLags, otherTransitions);
  }

  /**
   * Mean vector of the known items, weighted by their lags among these; a repeated item as often as
   * it stands there, summed in double precision in the order of the list.
   *
   * @return null when no item is known
   */
  Profile profile(List<String> context, Additions additions) {
    int[] known = context.stream().mapToInt(index::placeOf).filter(p -> p >= 0).toArray();
    if (known.length == 0) {
      return null;
    }
    double[] sum = new double[columns];
    double whole = 0;
    for (int i = 0; i < known.length; i++) {
      double weight = lags.weight(known.length - i);
      whole += weight;
      add(known[i], weight, sum);
    }
    float[] mean = new float[columns];
    for (int d = 0; d < columns; d++) {
      mean[d] = (float) (sum[d] / whole);
    }
    return new Profile(mean, additions.of(known, lags));
  }

  private void add(int place, double weight, double[] sum) {
    if (rows == null) {
      sum[place] += weight;
      return;
    }
    int row = place * columns;
    for (int d = 0; d < columns; d++) {
      sum[d] += weight * rows[row + d];
    }
  }

  float[] row(int place) {
    if (rows != null) {
      return Arrays.copyOfRange(rows, place * columns, (place + 1) * columns);
    }
    float[] unit = new float[columns];
    unit[place] = 1;
    return unit;
  }

  LagWeights lags() {
    return lags;
  }

  Transitions transitions() {
    return transitions;
  }

  long bytes() {
    return (rows == null ? 0 : (long) Float.BYTES * rows.length) + transitions.bytes();
  }
}
