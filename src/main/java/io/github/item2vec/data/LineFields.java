package io.github.item2vec.data;

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
  private final boolean quoted;
  private final boolean blanks;
  private final byte delimiter;
  private final int delimiterLength;

  /** Whether the separator is one that {@link #find} knows: a character, or the same twice. */
  private final boolean simple;

  private final int[] from;
  private final int[] to;

  LineFields(TextLayout layout, RowCheck check) {
    String separator = layout.separator();
    this.columns = layout.columns();
    this.check = check;
    this.quoted = layout.quoted();
    this.blanks = separator.equals(" ");
    this.delimiter = (byte) separator.charAt(0);
    this.delimiterLength = separator.length();
    this.simple =
        delimiter >= 0
            && (delimiterLength == 1
                || (delimiterLength == 2 && separator.charAt(1) == separator.charAt(0)));
    this.from = new int[columns.width()];
    this.to = new int[columns.width()];
  }

  /** Adds the row, if the line is a plain one and the row is good; false when that is not sure. */
  boolean addTo(RowPacker packer, byte[] line, int length, InputFile file, long offset) {
    if (!simple
        || !find(line, length)
        || !isPlainId(line, columns.user())
        || !isPlainId(line, columns.item())) {
      return false;
    }
    boolean rated = columns.rating() != ColumnPositions.ABSENT;
    double rating = rated ? number(line, columns.rating()) : RowCheck.LIKED;
    double time = 0;
    if (columns.timestamp() != ColumnPositions.ABSENT) {
      time = number(line, columns.timestamp());
      if (!check.times().accepts(time)) {
        return false;
      }
    }
    if (rated && !check.accepts(rating)) {
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
    int lowest = quoted ? ' ' : 0;
    int field = 0;
    int start = 0;
    int at = 0;
    while (at < length) {
      byte next = line[at];
      if (next < lowest || (quoted && next == '"')) {
        return false;
      }
      if (next != delimiter
          || (delimiterLength == 2 && (at + 1 == length || line[at + 1] != delimiter))) {
        at++;
        continue;
      }
      if (blanks && start == at) {
        return false;
      }
      set(field++, start, at);
      at += delimiterLength;
      start = at;
    }
    set(field++, start, length);
    return field >= from.length && !(blanks && start == length);
  }

  private void set(int field, int start, int end) {
    if (field < from.length) {
      from[field] = start;
      to[field] = end;
    }
  }

  /** Not empty, no blanks around it, and none of the spellings of an absent value. */
  private boolean isPlainId(byte[] line, int field) {
    int length = to[field] - from[field];
    if (length == 0 || length > RowCheck.LONGEST_ID) {
      return false;
    }
    byte first = line[from[field]];
    boolean maybeNull =
        (length <= 4 && ((first | ' ') == 'n' || first == '<')) || (length == 2 && first == '\\');
    return first > ' ' && line[to[field] - 1] > ' ' && !maybeNull;
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
