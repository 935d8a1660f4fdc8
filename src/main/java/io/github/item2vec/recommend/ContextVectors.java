package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** The vectors whose mean is a user's profile. Immutable; travels in a broadcast. */
final class ContextVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ItemIndex index;
  private final int columns;

  /** Row-major; null for unit vectors, column i the item at place i. */
  private final float[] rows;

  ContextVectors(ItemIndex index, int columns, float[] rows) {
    this.index = index;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Mean vector of the known items, a repeated item as often as it stands there, summed in double
   * precision in the order of the list.
   *
   * @return null when no item is known
   */
  float[] profile(List<String> context) {
    double[] sum = new double[columns];
    int known = 0;
    for (String item : context) {
      int place = index.placeOf(item);
      if (place >= 0) {
        known++;
        add(place, sum);
      }
    }
    if (known == 0) {
      return null;
    }
    float[] mean = new float[columns];
    for (int d = 0; d < columns; d++) {
      mean[d] = (float) (sum[d] / known);
    }
    return mean;
  }

  private void add(int place, double[] sum) {
    if (rows == null) {
      sum[place]++;
      return;
    }
    int row = place * columns;
    for (int d = 0; d < columns; d++) {
      sum[d] += rows[row + d];
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

  long bytes() {
    return rows == null ? 0 : (long) Float.BYTES * rows.length;
  }
}
