package io.github.item2vec.train.onetask;

import io.github.item2vec.train.model.Pieces;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows (index, input, output) whose vectors are those of several items in a row, from the index on:
 * a task's answer of a few large arrays, not of two small ones an item.
 */
public final class PackedVectors {
  /** Of each array; 4 MiB. */
  private static final int PIECE_FLOATS = 1 << 20;

  private PackedVectors() {}

  /**
   * In pieces; runs in tasks.
   *
   * @param rows of {@link TrainFn}: its results and its rule, then one per item, in order
   * @param items in all
   */
  public static Iterator<Row> pack(Iterator<Row> rows, int items, int vectorSize) {
    return Pieces.of(rows, next -> piece(next, items, vectorSize));
  }

  private static Row piece(Iterator<Row> rows, int items, int vectorSize) {
    Row row = rows.next();
    int first = row.getInt(0);
    if (first < 0) {
      return row;
    }
    int count = Math.min(Math.max(1, PIECE_FLOATS / vectorSize), items - first);
    float[] input = Arrays.copyOf((float[]) row.get(1), count * vectorSize);
    float[] output = Arrays.copyOf((float[]) row.get(2), count * vectorSize);
    for (int at = vectorSize; at < input.length; at += vectorSize) {
      row = rows.next();
      System.arraycopy((float[]) row.get(1), 0, input, at, vectorSize);
      System.arraycopy((float[]) row.get(2), 0, output, at, vectorSize);
    }
    return RowFactory.create(first, input, output);
  }
}
