package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The vectors whose weighted mean is a user's profile, and the rule by which it is. Immutable;
 * travels in a broadcast.
 */
final class ContextVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ItemIndex index;
  private final int columns;

  /** Row-major; null for unit vectors, column i the item at place i. */
  private final float[] rows;

  private final ProfileRule rule;

  /**
   * @param rule its tables' rows and columns are places
   */
  ContextVectors(ItemIndex index, int columns, float[] rows, ProfileRule rule) {
    this.index = index;
    this.columns = columns;
    this.rows = rows;
    this.rule = rule;
  }

  /** The same vectors under another rule. */
  ContextVectors under(ProfileRule other) {
    return new ContextVectors(index, columns, rows, other);
  }

  /**
   * Mean vector of the known items, weighted by their lags among these; a repeated item as often as
   * it stands there, summed in double precision in the order of the list.
   *
   * @param rated what the user has rated but does not like
   * @return null when no item of the context is known
   */
  Profile profile(List<String> context, List<String> rated) {
    int[] known = places(context);
    if (known.length == 0) {
      return null;
    }
    double[] profile = mean(known, rule.lags());
    if (rule.rated() > 0) {
      int[] low = places(rated);
      double[] others = mean(low, LagWeights.even());
      for (int d = 0; low.length > 0 && d < columns; d++) {
        profile[d] += rule.rated() * others[d];
      }
    }
    float[] vector = new float[columns];
    for (int d = 0; d < columns; d++) {
      vector[d] = (float) profile[d];
    }
    return new Profile(vector, rule, known);
  }

  private int[] places(List<String> items) {
    return items.stream().mapToInt(index::placeOf).filter(place -> place >= 0).toArray();
  }

  private double[] mean(int[] places, LagWeights lags) {
    double[] sum = new double[columns];
    double whole = 0;
    for (int i = 0; i < places.length; i++) {
      double weight = lags.weight(places.length - i);
      whole += weight;
      add(places[i], weight, sum);
    }
    for (int d = 0; d < columns; d++) {
      sum[d] /= whole;
    }
    return sum;
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

  /** Puts the vector of a place into its row, divided by its length; zeros stay. */
  void putUnitLength(int place, float[] into) {
    if (rows == null) {
      throw new IllegalStateException(
          "these items have no vectors and so no similar items: they score each other directly");
    }
    int row = place * columns;
    double sum = 0;
    for (int d = row; d < row + columns; d++) {
      sum += (double) rows[d] * rows[d];
    }
    double length = Math.sqrt(sum);
    for (int d = row; d < row + columns; d++) {
      into[d] = length == 0 ? 0 : (float) (rows[d] / length);
    }
  }

  int columns() {
    return columns;
  }

  ProfileRule rule() {
    return rule;
  }

  long bytes() {
    return (rows == null ? 0 : (long) Float.BYTES * rows.length) + rule.bytes();
  }
}
