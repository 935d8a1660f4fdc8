package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What items of a context add to the scores of other items: a sparse matrix, a row per item of the
 * catalogue. Rows and columns are indices. Immutable; 8 bytes per entry; travels in a broadcast.
 */
public final class ItemTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Entries of 64 bytes. */
  private static final int CACHE_LINE = 8;

  private final int[] starts;

  /** The column in the upper half, the bits of the value in the lower: one stream to read. */
  private final long[] entries;

  private final float largest;

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
    float most = 0;
    long[] packed = new long[columns.length];
    for (int i = 0; i < packed.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("a table holds " + values[i]);
      }
      most = Math.max(most, Math.abs(values[i]));
      packed[i] = packed(columns[i], values[i]);
    }
    this.starts = starts;
    this.entries = packed;
    this.largest = most;
  }

  private ItemTable(int[] starts, long[] entries, float largest) {
    this.starts = starts;
    this.entries = entries;
    this.largest = largest;
  }

  static long packed(int column, float value) {
    return ((long) column << Integer.SIZE) | Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  static int columnOf(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }

  static float valueOf(long entry) {
    return Float.intBitsToFloat((int) entry);
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
    return entries.length;
  }

  /** Where the row of an item begins; that of {@link #items()} is {@link #size()}. */
  public int start(int item) {
    return starts[item];
  }

  /** The item that an entry adds to. */
  public int column(int entry) {
    return columnOf(entries[entry]);
  }

  /** What it adds. */
  public float value(int entry) {
    return valueOf(entries[entry]);
  }

  /** The items of a row, rising; a copy. */
  public int[] columns(int item) {
    return IntStream.range(starts[item], starts[item + 1]).map(this::column).toArray();
  }

  /** What they get, in the same order; a copy. */
  public float[] values(int item) {
    float[] values = new float[starts[item + 1] - starts[item]];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(starts[item] + i);
    }
    return values;
  }

  /** Puts a row times a factor in a block's additions. */
  void addRow(int item, double factor, Additions to) {
    to.addRow(entries, starts[item], starts[item + 1], (float) factor);
  }

  /**
   * Reads something of each cache line of a row. Reads of many rows, none of which waits for
   * another, wait for memory together.
   *
   * @return what nobody needs
   */
  long touch(int item) {
    long some = 0;
    for (int i = starts[item]; i < starts[item + 1]; i += CACHE_LINE) {
      some ^= entries[i];
    }
    return some;
  }

  /** The largest absolute value. */
  float largest() {
    return largest;
  }

  /** The same times a factor. */
  public ItemTable times(double factor) {
    float[] scaled = new float[entries.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (value(i) * factor);
    }
    return new ItemTable(
        starts, IntStream.range(0, scaled.length).map(this::column).toArray(), scaled);
  }

  /** Memory of the entries. */
  public long bytes() {
    return (long) Integer.BYTES * starts.length + (long) Long.BYTES * entries.length;
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
    long[] newEntries = new long[entries.length];
    int at = 0;
    for (int row = 0; row < order.length; row++) {
      int from = at;
      for (int i = starts[order[row]]; i < starts[order[row] + 1]; i++) {
        newEntries[at++] = packed(there[column(i)], value(i));
      }
      Arrays.sort(newEntries, from, at); // by column, as no two are the same
      newStarts[row + 1] = at;
    }
    return new ItemTable(newStarts, newEntries, largest);
  }
}
