package io.github.item2vec.train.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code item v1 .. vd}, a line each, separated by single spaces; word2vec.c ends it by another.
 */
final class TextCodec implements RowCodec {
  private static final int LONGEST_VALUE = 64;

  @Override
  public void write(OutputStream out, String item, float[] vector) throws IOException {
    StringBuilder line = new StringBuilder(item);
    for (float value : vector) {
      line.append(' ').append(FloatText.of(value));
    }
    out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String read(RowInput in, float[] vector) throws IOException {
    long limit = RowInput.LONGEST_ITEM + (long) LONGEST_VALUE * vector.length;
    String line = in.until('\n', limit);
    if (line == null) {
      throw in.bad("the file ends here");
    }
    String[] cells = line.stripTrailing().split(" ", -1);
    if (cells.length != vector.length + 1) {
      throw in.bad("%d values for '%s'".formatted(cells.length - 1, RowInput.excerpt(cells[0])));
    }
    for (int d = 0; d < vector.length; d++) {
      try {
        vector[d] = Float.parseFloat(cells[d + 1]);
      } catch (NumberFormatException e) {
        throw in.bad(
            "value %d is '%s', no number".formatted(d + 1, RowInput.excerpt(cells[d + 1])));
      }
    }
    return cells[0];
  }
}
