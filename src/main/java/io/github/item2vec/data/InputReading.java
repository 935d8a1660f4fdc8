package io.github.item2vec.data;

import io.github.item2vec.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an input was understood, to be told: most of it is found by looking, and none of it may be
 * wrong in silence.
 *
 * @param format {@code text} or {@code parquet}
 * @param files that are read
 * @param skipped files that are not, as "path: reason"; all are counted in {@code skippedFiles},
 *     the first ten are here
 * @param encoding of text; null of Parquet
 * @param separator of the first file; null of Parquet
 * @param layouts how many different headers and separators the files have
 * @param columns by role, how it was found too
 * @param timestamps their scale
 * @param firstRow by role, as read
 */
public record InputReading(
    String format,
    int files,
    int skippedFiles,
    List<String> skipped,
    String encoding,
    String separator,
    int layouts,
    Map<String, String> columns,
    String timestamps,
    Map<String, String> firstRow) {
  private static final int NAMED = 10;

  static List<String> first(List<String> skipped) {
    return skipped.stream().sorted().limit(NAMED).toList();
  }

  /** The columns in words. */
  static Map<String, String> columns(ColumnChoice choice, ColumnPositions columns) {
    Map<String, String> words = new LinkedHashMap<>();
    for (ColumnRole role : ColumnRole.values()) {
      words.put(role.word(), words(role, choice, columns.of(role)));
    }
    return words;
  }

  private static String words(ColumnRole role, ColumnChoice choice, int at) {
    ColumnChoice.By by = choice.by(role);
    if (at == ColumnPositions.ABSENT) {
      String none = role == ColumnRole.RATING ? "none: every row counts as liked" : "none";
      return none + (by == ColumnChoice.By.SETTING ? " (" + role.key() + ")" : " (none found)");
    }
    String name = choice.header() == null ? "column " + at : "'" + choice.header().get(at) + "'";
    return name
        + switch (by) {
          case SETTING -> " (" + role.key() + ")";
          case NAME -> " (by its name)";
          case POSITION -> " (by position: there is no header)";
        };
  }

  static Map<String, String> firstRow(ColumnPositions columns, List<String[]> rows) {
    Map<String, String> values = new LinkedHashMap<>();
    for (ColumnRole role : ColumnRole.values()) {
      int at = columns.of(role);
      if (!rows.isEmpty() && at != ColumnPositions.ABSENT && at < rows.get(0).length) {
        values.put(role.word(), String.valueOf(rows.get(0)[at]).strip());
      }
    }
    return values;
  }

  /**
   * "user = column 0, item = column 1 (by position)": what was found for one reason stands
   * together.
   */
  private List<String> columnsByReason() {
    Map<String, String> columnsByReason = new LinkedHashMap<>();
    columns.forEach(
        (role, column) -> {
          int reason = column.lastIndexOf(" (");
          columnsByReason.merge(
              reason < 0 ? "" : column.substring(reason),
              role + " = " + (reason < 0 ? column : column.substring(0, reason)),
              (before, next) -> before + ", " + next);
        });
    List<String> parts = new ArrayList<>();
    columnsByReason.forEach((reason, found) -> parts.add(found + reason));
    return parts;
  }

  /** One line for the log. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(files + (files == 1 ? " file" : " files") + " of " + format);
    if (separator != null) {
      parts.add("separator '" + separator + "', " + encoding);
    }
    if (layouts > 1) {
      parts.add(layouts + " different headers or separators, each file by its own");
    }
    parts.addAll(columnsByReason());
    parts.add("timestamps: " + timestamps);
    parts.add("first row " + firstRow);
    if (skippedFiles > 0) {
      parts.add("passed over " + skippedFiles + ": " + skipped);
    }
    return Printable.line(String.join("; ", parts));
  }
}
