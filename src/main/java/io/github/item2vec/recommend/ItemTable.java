package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What items of a context add to the scores of other items: a sparse matrix, a row per item of the
 * catalogue. Rows and columns are indices. Immutable; 8 bytes per entry; travels in a broadcast.
 */
public final class ItemTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] starts;
  private final int[] columns;
  private final float[] values;

  /**
   * A table from its rows.
   *
   * @param starts where each row begins in the other two, and their length: one more than the
   *     catalogue has items
   * @param columns rising in each row
   * @param values finite
   */
  public ItemTable(int[] starts, int[] columns, float[] values) {
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
        throw new IllegalArgumentException("a table holds " + value);
      }
    }
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /** A table without entries. */
  public static ItemTable empty(int items) {
    return new ItemTable(new int[items + 1], new int[0], new float[0]);
  }

  /** Rows. */
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

  /** The item that an entry adds to. */
  public int column(int entry) {
    return columns[entry];
  }

  /** What it adds. */
  public float value(int entry) {
    return values[entry];
  }

  /** The items of a row, rising; a copy. */
  public int[] columns(int item) {
    return Arrays.copyOfRange(columns, starts[item], starts[item + 1]);
  }

  /** What they get, in the same order; a copy. */
  public float[] values(int item) {
    return Arrays.copyOfRange(values, starts[item], starts[item + 1]);
  }

  /**
   * Adds a row times a factor to sums by item.
   *
   * @param touched a bit per item: set where something was added
   */
  void addRow(int item, double factor, double[] sums, long[] touched) {
    int end = starts[item + 1];
    for (int entry = starts[item]; entry < end; entry++) {
      int column = columns[entry];
      sums[column] += factor * values[entry];
      touched[column / Long.SIZE] |= 1L << column;
    }
  }

  /** The same times a factor. */
  public ItemTable times(double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (values[i] * factor);
    }
    return new ItemTable(starts, columns, scaled);
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
  ItemTable reordered(int[] order) {
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
      long[] entries = new long[starts[order[row] + 1] - from];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (long) there[columns[from + i]] << Integer.SIZE | i;
      }
      Arrays.sort(entries);
      for (long entry : entries) {
        newColumns[at] = (int) (entry >>> Integer.SIZE);
        newValues[at++] = values[from + (int) entry];
      }
      newStarts[row + 1] = at;
    }
    return new ItemTable(newStarts, newColumns, newValues);
  }
}
