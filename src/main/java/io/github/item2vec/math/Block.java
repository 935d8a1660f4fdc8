package io.github.item2vec.math;

/**
 * A matrix inside an array: {@code values[at + i * rowStride + j * columnStride]} is its value in
 * row i and column j.
 */
public final class Block {
  final float[] values;
  final int at;
  final int rowStride;
  final int columnStride;

  private Block(float[] values, int at, int rowStride, int columnStride) {
    this.values = values;
    this.at = at;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /** Rows lie one after the other. */
  public static Block of(float[] values, int at, int rowStride) {
    return new Block(values, at, rowStride, 1);
  }

  /** The same values, rows taken for columns. */
  public Block transposed() {
    return new Block(values, at, columnStride, rowStride);
  }
}
