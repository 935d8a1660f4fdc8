package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Cuts a record into fields. Where quotes count, a field that begins with one goes on to the quote
 * before a separator or the end; {@code ""} and {@code \"} in it are quotes of its text, and so is
 * a quote that stands before anything else. So a text never ends earlier than its writer meant,
 * whichever way it escapes quotes. With blanks as separator, many are as one. Not thread-safe.
 */
public final class LineSplitter {
  private static final char QUOTE = '"';

  private final String separator;
  private final boolean quoted;
  private final boolean blanks;
  private final List<String> fields = new ArrayList<>();
  private final BitSet unclear = new BitSet();
  private boolean open;

  /** {@code quoted}: whether fields may stand in quotes. */
  public LineSplitter(String separator, boolean quoted) {
    this.separator = separator;
    this.quoted = quoted;
    this.blanks = separator.isBlank() && !separator.equals("\t");
  }

  /** The fields; none for an empty record. A quote that is not closed goes on to the end. */
  public String[] split(String record) {
    clear();
    String text = blanks ? record.strip() : record;
    if (!text.isEmpty()) {
      int at = 0;
      while (at >= 0) {
        at = field(text, at);
      }
    }
    return fields.toArray(new String[0]);
  }

  /** Whether the last record that was split has a quote that is not closed. */
  public boolean open() {
    return open;
  }

  /** Whether a field of the last record has {@code \"}, which writers do not agree on. */
  boolean unclear(int field) {
    return unclear.get(field);
  }

  private void clear() {
    fields.clear();
    unclear.clear();
    open = false;
  }

  /** Adds the field at a place; where the next one begins, or -1. */
  private int field(String text, int from) {
    int first = from;
    while (quoted && first < text.length() && text.charAt(first) == ' ' && !blanks) {
      first++;
    }
    if (quoted && first < text.length() && text.charAt(first) == QUOTE) {
      return quotedField(text, first + 1);
    }
    int end = text.indexOf(separator, from);
    fields.add(text.substring(from, end < 0 ? text.length() : end));
    return end < 0 ? -1 : behind(text, end);
  }

  private int quotedField(String text, int from) {
    StringBuilder value = new StringBuilder();
    for (int at = from; at < text.length(); at++) {
      char next = text.charAt(at);
      char after = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if ((next == '\\' || next == QUOTE) && after == QUOTE) {
        unclear.set(fields.size(), next == '\\' || unclear.get(fields.size()));
        value.append(QUOTE);
        at++;
      } else if (next == QUOTE) {
        int end = afterBlanks(text, at + 1);
        if (end == text.length() || text.startsWith(separator, end)) {
          fields.add(value.toString());
          return end == text.length() ? -1 : behind(text, end);
        }
        value.append(QUOTE);
      } else {
        value.append(next);
      }
    }
    open = true;
    fields.add(value.toString());
    return -1;
  }

  /** Whether a record that a quote is open in, or not, ends with one that is. */
  boolean opens(String line, boolean inside) {
    if (!quoted || (!inside && line.indexOf(QUOTE) < 0)) {
      return false;
    }
    if (!inside) {
      split(line);
      return open;
    }
    clear();
    int at = quotedField(line, 0);
    while (at >= 0 && !open) {
      at = field(line, at);
    }
    return open;
  }

  private int afterBlanks(String text, int from) {
    int at = from;
    while (!blanks && at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\r')) {
      at++;
    }
    return at;
  }

  private int behind(String text, int separatorAt) {
    int at = separatorAt + separator.length();
    while (blanks && text.startsWith(separator, at)) {
      at += separator.length();
    }
    return at;
  }
}
