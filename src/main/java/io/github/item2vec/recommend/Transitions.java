package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What follows what: for each item of a catalogue some items and what they gain when it stands
 * among the last of the context. A sparse matrix by rows; rows and columns are the catalogue's
 * indices. Immutable; 8 bytes per entry; travels in a broadcast.
 *
 * <p>A user's item gains the sum over the last {@link #CONTEXT} known items of the context of
 * (weight of that item in the profile) x (entry), see {@link LagWeights}.
 */
public final class Transitions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many of a context's last items count. */
  public static final int CONTEXT = 15;

  private final int[] starts;
  private final int[] columns;
  private final float[] values;

  /**
   * A matrix from its rows.
   *
   * @param starts where each row begins in the other two, and their length: one more than the
   *     catalogue has items
   * @param columns rising in each row
   * @param values finite
   */
  public Transitions(int[] starts, int[] columns, float[] values) {
    if (starts.length == 0
        || starts[starts.length - 1] != columns.length
        || columns.length != values.length) {
      throw new IllegalArgumentException(
          "rows up to %d, %d columns, %d values: must agree"
              .formatted(
                  starts.length == 0 ? -1 : starts[starts.length - 1],
                  columns.length,
                  values.length));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("transitions hold " + value);
      }
    }
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /** No transitions at all, for a catalogue of so many items. */
  public static Transitions none(int items) {
    return new Transitions(new int[items + 1], new int[0], new float[0]);
  }

  /** Items of the catalogue. */
  public int items() {
    return starts.length - 1;
  }

  /** Number of entries. */
  public int size() {
    return columns.length;
  }

  /** Where the row of an item begins; that of {@link #items()} is {@link #size()}. */
  public int start(int item) {
    return starts[item];
  }

  /** The item that an entry is for. */
  public int column(int entry) {
    return columns[entry];
  }

  /** What that item gains. */
  public float value(int entry) {
    return values[entry];
  }

  /** Memory of the entries. */
  public long bytes() {
    return (long) Integer.BYTES * (starts.length + columns.length)
        + (long) Float.BYTES * values.length;
  }

  /**
   * The same with rows and columns in another order.
   *
   * @param order index here of each item there
   */
  Transitions reordered(int[] order) {
    int[] there = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      there[order[i]] = i;
    }
    int[] newStarts = new int[starts.length];
    int[] newColumns = new int[columns.length];
    float[] newValues = new float[values.length];
    int at = 0;
    for (int row = 0; row < order.length; row++) {
      int from = starts[order[row]];
      int length = starts[order[row] + 1] - from;
      long[] entries = new long[length];
      for (int i = 0; i < length; i++) {
        entries[i] = (long) there[columns[from + i]] << Integer.SIZE | i;
      }
      Arrays.sort(entries);
      for (long entry : entries) {
        newColumns[at] = (int) (entry >>> Integer.SIZE);
        newValues[at++] = values[from + (int) entry];
      }
      newStarts[row + 1] = at;
    }
    return new Transitions(newStarts, newColumns, newValues);
  }
}
