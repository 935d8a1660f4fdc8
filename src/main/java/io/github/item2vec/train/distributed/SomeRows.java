package io.github.item2vec.train.distributed;

import java.nio.ByteBuffer;

/**
 * Some rows of a part: their numbers in it, and where there are any, a vector each (a row, or a
 * gradient by it). Body of a {@link Shipment}: how many, the numbers, the vectors.
 */
@SuppressWarnings("ArrayRecordComponent") // between two shuffles, never compared
record SomeRows(int[] rows, float[][] vectors) {
  private static final float[][] NONE = {};

  static SomeRows numbers(int[] rows) {
    return new SomeRows(rows, NONE);
  }

  /** Rows of a piece that has vectors. */
  static int ofPiece(int columns) {
    return Shipment.rowsOfPiece(columns + 1);
  }

  int bytes(int columns) {
    return Integer.BYTES * (1 + rows.length) + Float.BYTES * columns * vectors.length;
  }

  void write(int columns, ByteBuffer body) {
    body.putInt(rows.length);
    for (int row : rows) {
      body.putInt(row);
    }
    for (float[] vector : vectors) {
      body.asFloatBuffer().put(vector, 0, columns);
      body.position(body.position() + columns * Float.BYTES);
    }
  }

  static SomeRows read(int columns, ByteBuffer body) {
    int[] rows = new int[body.getInt()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = body.getInt();
    }
    float[][] vectors = new float[body.hasRemaining() ? rows.length : 0][columns];
    for (float[] vector : vectors) {
      body.asFloatBuffer().get(vector);
      body.position(body.position() + columns * Float.BYTES);
    }
    return new SomeRows(rows, vectors);
  }
}
