package io.github.item2vec.recommend;

import java.util.Arrays;

/**
 * Sums up what the last items of contexts add to scores, one user after another. Not thread-safe;
 * one per task. Memory: 12 bytes per item of the catalogue.
 */
final class Additions {
  private final Transitions transitions;
  private final double[] sums;
  private final long[] touched;

  /**
   * @param transitions rows and columns are places
   */
  Additions(Transitions transitions) {
    this.transitions = transitions;
    this.sums = new double[transitions.items()];
    this.touched = new long[(transitions.items() + Long.SIZE - 1) / Long.SIZE];
  }

  /**
   * What each item gains.
   *
   * @param places rising
   */
  record Sum(int[] places, float[] values) {
    static final Sum NONE = new Sum(new int[0], new float[0]);

    /** The largest absolute value. */
    float largest() {
      float largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }

  /**
   * Of one user.
   *
   * @param places of the known items of the context, in its order
   * @param weights by lag; each is divided by the sum of those of all places
   */
  Sum of(int[] places, LagWeights weights) {
    int rows = Math.min(Transitions.CONTEXT, places.length);
    if (transitions.size() == 0 || rows == 0) {
      return Sum.NONE;
    }
    double whole = 0;
    for (int lag = 1; lag <= places.length; lag++) {
      whole += weights.weight(lag);
    }
    for (int lag = 1; lag <= rows; lag++) {
      add(places[places.length - lag], weights.weight(lag) / whole);
    }
    return drained();
  }

  private void add(int row, double share) {
    for (int entry = transitions.start(row); entry < transitions.start(row + 1); entry++) {
      int place = transitions.column(entry);
      sums[place] += share * transitions.value(entry);
      touched[place / Long.SIZE] |= 1L << place;
    }
  }

  private Sum drained() {
    int size = Arrays.stream(touched).mapToInt(Long::bitCount).sum();
    int[] places = new int[size];
    float[] values = new float[size];
    int at = 0;
    for (int word = 0; word < touched.length; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        int place = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
        places[at] = place;
        values[at++] = (float) sums[place];
        sums[place] = 0;
      }
      touched[word] = 0;
    }
    return new Sum(places, values);
  }
}
