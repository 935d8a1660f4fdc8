package io.github.item2vec.train.format;

import java.io.IOException;
import java.io.OutputStream;

/** One item and its vector in one of word2vec's two forms. */
interface RowCodec {
  /** Whether the values are bytes, whose order may be another machine's. */
  boolean binary();

  /** The least bytes that a row of so many values takes. */
  long shortestRow(int columns);

  void write(OutputStream out, String item, float[] vector) throws IOException;

  /**
   * Fills the vector and returns the item.
   *
   * @throws IllegalArgumentException when the row is cut short or malformed
   */
  String read(RowInput in, float[] vector) throws IOException;
}
