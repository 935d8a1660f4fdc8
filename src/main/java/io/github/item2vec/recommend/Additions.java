package io.github.item2vec.recommend;

import java.util.Arrays;

/**
 * Sums up what contexts add to scores by the tables of a {@link ProfileRule}, one user after
 * another. Not thread-safe; one per task. Memory: 8 bytes per item of the catalogue and a bit.
 */
final class Additions {
  private final ProfileRule rule;
  private final double[] sums;
  private final long[] touched;

  /**
   * @param rule its tables' rows and columns are places
   */
  Additions(ProfileRule rule) {
    this.rule = rule;
    int items = rule.addsNothing() ? 0 : rule.transitions().items();
    this.sums = new double[items];
    this.touched = new long[(items + Long.SIZE - 1) / Long.SIZE];
  }

  /**
   * What each item gains.
   *
   * @param places rising
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
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
   * @param context places of the known items of the context, in its order
   */
  Sum of(int[] context) {
    if (rule.addsNothing()) {
      return Sum.NONE;
    }
    rule.add(context, sums, touched);
    return drained();
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
