package io.github.item2vec.train.format;

import java.io.IOException;

/**
 * A file's first line.
 *
 * @param items rows that follow, 1 at least
 * @param columns values of each, 1 .. {@value #MOST_COLUMNS}
 */
record Header(int items, int columns) {
  private static final int MOST_COLUMNS = 1 << 20;

  static Header read(RowInput in) throws IOException {
    String line = in.until('\n', RowInput.LONGEST_ITEM);
    String text = line == null ? "" : line.strip();
    String[] cells = text.split("\\s+", -1);
    Header header = cells.length == 2 ? numbers(cells) : null;
    if (header == null || header.items < 1 || header.columns < 1) {
      throw in.bad(
          "'%s', must be ITEMS DIMENSION, both > 0%s"
              .formatted(RowInput.excerpt(text), glove(cells)));
    }
    if (header.columns > MOST_COLUMNS) {
      throw in.bad("%s, must be at most %d values".formatted(header, MOST_COLUMNS));
    }
    if ((long) header.items * header.columns > in.length()) {
      throw in.bad("%s, which %d bytes cannot hold".formatted(header, in.length()));
    }
    return header;
  }

  private static Header numbers(String[] cells) {
    try {
      return new Header(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** What to do with a file that begins with a row. */
  private static String glove(String[] cells) {
    if (cells.length < 3) {
      return "";
    }
    try {
      Float.parseFloat(cells[cells.length - 1]);
      Float.parseFloat(cells[cells.length - 2]);
    } catch (NumberFormatException e) {
      return "";
    }
    return "; it looks like a row: files of GloVe have no header, put the line 'ITEMS %d' in front, ITEMS being the number of rows"
        .formatted(cells.length - 1);
  }

  @Override
  public String toString() {
    return "%d items x %d".formatted(items, columns);
  }
}
