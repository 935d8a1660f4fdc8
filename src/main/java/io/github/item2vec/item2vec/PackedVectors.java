package io.github.item2vec.item2vec;

import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows (index, input, output) whose vectors are those of several items in a row, from the index on:
 * a task's answer of a few large arrays, not of two small ones an item.
 */
final class PackedVectors {
  /** Of each array; 4 MiB. */
  private static final int PIECE_FLOATS = 1 << 20;

  private PackedVectors() {}

  /**
   * In pieces, each made as it is asked for; runs in tasks.
   *
   * @param rows of {@link TrainFn}: its results, then one an item, in order
   * @param items in all
   */
  static Iterator<Row> pack(Iterator<Row> rows, int items, int vectorSize) {
    int most = Math.max(1, PIECE_FLOATS / vectorSize);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        int first = row.getInt(0);
        if (first == TrainFn.RESULTS) {
          return row;
        }
        int count = Math.min(most, items - first);
        float[] input = new float[count * vectorSize];
        float[] output = new float[count * vectorSize];
        for (int i = 0; ; row = rows.next()) {
          System.arraycopy((float[]) row.get(1), 0, input, i * vectorSize, vectorSize);
          System.arraycopy((float[]) row.get(2), 0, output, i * vectorSize, vectorSize);
          if (++i == count) {
            return RowFactory.create(first, input, output);
          }
        }
      }
    };
  }
}
