package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;

/** Rows of a table under way, each set once, by any thread. */
final class TableRows {
  private final int[][] columns;
  private final float[][] values;

  TableRows(int items) {
    this.columns = new int[items][];
    this.values = new float[items][];
  }

  /**
   * Sets a row.
   *
   * @param rising columns
   */
  void set(int row, int[] rising, float[] entries) {
    columns[row] = rising;
    values[row] = entries;
  }

  ItemTable table() {
    int[] starts = starts();
    int[] allColumns = new int[starts[columns.length]];
    float[] allValues = new float[allColumns.length];
    for (int row = 0; row < columns.length; row++) {
      System.arraycopy(columns[row], 0, allColumns, starts[row], columns[row].length);
      System.arraycopy(values[row], 0, allValues, starts[row], columns[row].length);
    }
    return new ItemTable(starts, allColumns, allValues);
  }

  /** The table whose columns are these rows. */
  ItemTable transposed() {
    int items = columns.length;
    int[] starts = new int[items + 1];
    for (int[] row : columns) {
      for (int column : row) {
        starts[column + 1]++;
      }
    }
    for (int item = 0; item < items; item++) {
      starts[item + 1] += starts[item];
    }
    int[] at = starts.clone();
    int[] newColumns = new int[starts[items]];
    float[] newValues = new float[starts[items]];
    for (int row = 0; row < items; row++) {
      for (int i = 0; i < columns[row].length; i++) {
        int to = at[columns[row][i]]++;
        newColumns[to] = row;
        newValues[to] = values[row][i];
      }
    }
    return new ItemTable(starts, newColumns, newValues);
  }

  private int[] starts() {
    int[] starts = new int[columns.length + 1];
    for (int row = 0; row < columns.length; row++) {
      starts[row + 1] = starts[row] + columns[row].length;
    }
    return starts;
  }
}
