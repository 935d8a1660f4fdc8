package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Format;

/**
 * The short way to a good row: finds user, item, rating and time in the bytes of a line, without an
 * object for any of them. Takes plain lines only (ASCII, no quotes, numbers of at most 15 digits)
 * and leaves all others to {@link LineSplitter} and {@link RowCheck}, which say the same of these.
 * One per task.
 */
final class LineFields {
  /** A number of that many digits, and that power of ten, are exact: their quotient rounds once. */
  private static final int MOST_DIGITS = 15;

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private final ColumnPositions columns;
  private final RowCheck check;
  private final boolean csv;
  private final byte delimiter;
  private final int delimiterLength;
  private final int mostFields;
  private final int[] from;
  private final int[] to;

  LineFields(Format format, ColumnPositions columns, RowCheck check) {
    this.columns = columns;
    this.check = check;
    this.csv = format == Format.CSV;
    this.delimiter = (byte) (csv ? ',' : format == Format.DAT ? ':' : '\t');
    this.delimiterLength = format == Format.DAT ? 2 : 1;
    this.mostFields = csv ? LineSplitter.MAX_FIELDS - 1 : Integer.MAX_VALUE;
    this.from = new int[columns.width()];
    this.to = new int[columns.width()];
  }

  /** Adds the row, if the line is a plain one and the row is good; false when that is not sure. */
  boolean addTo(RowPacker packer, byte[] line, int length, InputFile file, long offset) {
    if (!find(line, length)
        || !isPlainId(line, columns.user())
        || !isPlainId(line, columns.item())) {
      return false;
    }
    double rating = number(line, columns.rating());
    double time =
        columns.timestamp() == ColumnPositions.ABSENT ? 0 : number(line, columns.timestamp());
    if (!check.accepts(rating) || Double.isNaN(time)) {
      return false;
    }
    packer.add(
        line,
        from[columns.user()],
        to[columns.user()],
        from[columns.item()],
        to[columns.item()],
        rating,
        time,
        file,
        offset);
    return true;
  }

  /** Where the fields are; false when the line has too few, or bytes that are no plain text. */
  private boolean find(byte[] line, int length) {
    int lowest = csv ? ' ' : 0;
    int field = 0;
    int start = 0;
    int at = 0;
    while (at < length) {
      byte next = line[at];
      if (next < lowest || (csv && next == '"')) {
        return false;
      }
      if (next != delimiter
          || (delimiterLength == 2 && (at + 1 == length || line[at + 1] != delimiter))) {
        at++;
        continue;
      }
      set(field++, start, at);
      at += delimiterLength;
      start = at;
    }
    set(field++, start, length);
    return field >= from.length && field <= mostFields;
  }

  private void set(int field, int start, int end) {
    if (field < from.length) {
      from[field] = start;
      to[field] = end;
    }
  }

  /** Not empty or blank, and none of the spellings of an absent value. */
  private boolean isPlainId(byte[] line, int field) {
    int length = to[field] - from[field];
    if (length == 0) {
      return false;
    }
    byte first = line[from[field]];
    boolean maybeNull = (length == 4 && (first | ' ') == 'n') || (length == 2 && first == '\\');
    return first > ' ' && !maybeNull;
  }

  /** The value of digits with or without a point between them; NaN of all other text. */
  private double number(byte[] line, int field) {
    long digits = 0;
    int point = -1;
    int end = to[field];
    if (end - from[field] > MOST_DIGITS + 1) {
      return Double.NaN;
    }
    for (int at = from[field]; at < end; at++) {
      int digit = line[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
      } else if (line[at] == '.' && point < 0 && at > from[field] && at < end - 1) {
        point = at;
      } else {
        return Double.NaN;
      }
    }
    boolean tooMany = end - from[field] - (point < 0 ? 0 : 1) > MOST_DIGITS;
    if (end == from[field] || tooMany) {
      return Double.NaN;
    }
    return point < 0 ? digits : digits / POWERS_OF_TEN[end - 1 - point];
  }
}
