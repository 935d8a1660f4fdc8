package io.github.item2vec.train.model;

import java.io.Serializable;
import java.util.Arrays;

/** One vector an item, row-major floats; products and means in double. */
public final class ItemMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int columns;
  private final float[] values;

  private ItemMatrix(int columns, float[] values) {
    this.columns = columns;
    this.values = values;
  }

  /**
   * A matrix of zeros.
   *
   * @throws IllegalArgumentException when the matrix does not fit one array
   */
  public static ItemMatrix zeros(int rows, int columns) {
    long length = (long) rows * columns;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d items x vectorSize %d: a model of more than %d values does not fit the driver"
              .formatted(rows, columns, Integer.MAX_VALUE - 8));
    }
    return new ItemMatrix(columns, new float[(int) length]);
  }

  /** These values, which are not copied: {@code columns} of them a row. */
  public static ItemMatrix of(int columns, float[] values) {
    return new ItemMatrix(columns, values);
  }

  int rows() {
    return values.length / columns;
  }

  int columns() {
    return columns;
  }

  public float[] values() {
    return values;
  }

  /** Sets a row, or several in a row. */
  public void set(int row, float[] vectors) {
    System.arraycopy(vectors, 0, values, row * columns, vectors.length);
  }

  public float[] floats(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  double[] row(int row) {
    double[] vector = new double[columns];
    for (int d = 0; d < columns; d++) {
      vector[d] = values[row * columns + d];
    }
    return vector;
  }

  double dot(int row, double[] vector) {
    double sum = 0;
    for (int d = 0; d < columns; d++) {
      sum += values[row * columns + d] * vector[d];
    }
    return sum;
  }

  /** Weighted sum of rows, a repeated row as often as it is named; null for no rows. */
  public double[] sum(int[] rows, double[] weights) {
    return rows.length == 0
        ? null
        : sum(Arrays.stream(rows).mapToObj(this::row).toArray(double[][]::new), weights);
  }

  /** Weighted sum of vectors, one at least, added in their order. */
  public static double[] sum(double[][] vectors, double[] weights) {
    double[] sum = new double[vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] += weights[i] * vectors[i][d];
      }
    }
    return sum;
  }
}
