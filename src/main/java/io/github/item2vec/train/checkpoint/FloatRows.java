package io.github.item2vec.train.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Rows of floats to bytes and back, big-endian, without the padding. */
public final class FloatRows {
  private FloatRows() {}

  public static void write(float[][] rows, int columns, DataOutputStream out) throws IOException {
    for (float[] row : rows) {
      ByteBuffer bytes = ByteBuffer.allocate(columns * Float.BYTES);
      bytes.asFloatBuffer().put(row, 0, columns);
      out.write(bytes.array());
    }
  }

  public static void read(DataInputStream in, int columns, float[][] rows) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(columns * Float.BYTES);
    for (float[] row : rows) {
      in.readFully(bytes.array());
      bytes.asFloatBuffer().get(row, 0, columns);
    }
  }

  /** Rows {@code from .. to - 1} behind whatever the buffer holds already. */
  public static void put(float[][] rows, int from, int to, int columns, ByteBuffer bytes) {
    for (int row = from; row < to; row++) {
      bytes.asFloatBuffer().put(rows[row], 0, columns);
      bytes.position(bytes.position() + columns * Float.BYTES);
    }
  }

  /** The counterpart of {@link #put}: rows from {@code from} on, to the end of the buffer. */
  public static void get(ByteBuffer bytes, int columns, float[][] rows, int from) {
    for (int row = from; bytes.hasRemaining(); row++) {
      bytes.asFloatBuffer().get(rows[row], 0, columns);
      bytes.position(bytes.position() + columns * Float.BYTES);
    }
  }
}
