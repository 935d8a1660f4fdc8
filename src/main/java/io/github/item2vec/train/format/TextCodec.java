package io.github.item2vec.train.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code item v1 .. vd}, a line each, separated by single spaces; word2vec.c ends it by another. An
 * item with spaces in it, as GloVe's files have, is read where that is certain: none of its later
 * words is a number.
 */
final class TextCodec implements RowCodec {
  private static final int LONGEST_VALUE = 64;

  @Override
  public boolean binary() {
    return false;
  }

  @Override
  public long shortestRow(int columns) {
    return 1 + 2L * columns;
  }

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
    int blanks = cells.length - 1 - vector.length;
    if (blanks < 0 || !isItem(cells, blanks)) {
      throw in.bad("%d values for '%s'".formatted(cells.length - 1, RowInput.excerpt(cells[0])));
    }
    for (int d = 0; d < vector.length; d++) {
      String cell = cells[blanks + d + 1];
      try {
        vector[d] = Float.parseFloat(cell);
      } catch (NumberFormatException e) {
        throw in.bad("value %d is '%s', no number".formatted(d + 1, RowInput.excerpt(cell)));
      }
    }
    return String.join(" ", Arrays.asList(cells).subList(0, blanks + 1));
  }

  /** What comes before the values is an item with blanks when none of it could be a value. */
  private static boolean isItem(String[] cells, int blanks) {
    for (int i = 0; i <= blanks && blanks > 0; i++) {
      if (cells[i].isEmpty() || (i > 0 && isNumber(cells[i]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String cell) {
    try {
      Float.parseFloat(cell);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
