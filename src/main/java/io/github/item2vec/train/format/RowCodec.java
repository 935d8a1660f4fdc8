package io.github.item2vec.train.format;

import java.io.IOException;
import java.io.OutputStream;

/** One item and its vector in one of word2vec's two forms. */
interface RowCodec {
  void write(OutputStream out, String item, float[] vector) throws IOException;

  /**
   * Fills the vector and returns the item.
   *
   * @throws IllegalArgumentException when the row is cut short or malformed
   */
  String read(RowInput in, float[] vector) throws IOException;
}
