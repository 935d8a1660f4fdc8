package io.github.item2vec.math;

/** A matrix inside an array: row i, column j at {@code values[at + i * stride + j]}. */
public final class Block {
  final float[] values;
  final int at;
  final int stride;

  public Block(float[] values, int at, int stride) {
    this.values = values;
    this.at = at;
    this.stride = stride;
  }
}
