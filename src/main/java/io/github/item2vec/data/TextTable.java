package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the first lines of a text file say of it: separator, header, where rows begin. Driver only.
 *
 * @param header the names, or null
 * @param rowsFrom offset of the first row
 * @param rows the first ones
 */
record TextTable(
    FileSample sample,
    String separator,
    boolean quoted,
    List<String> header,
    long rowsFrom,
    List<String[]> rows) {
  private static final String DECLARED = "sep=";

  /**
   * Looks at a sample.
   *
   * @param fallback the separator when none is found
   * @throws BadInputException when there is no separator
   */
  static TextTable of(FileSample sample, RatingsSource source, Optional<String> fallback) {
    List<String> lines = sample.lines();
    int from = lines.get(0).toLowerCase(Locale.ROOT).startsWith(DECLARED) ? 1 : 0;
    int remarks = from;
    while (remarks < lines.size() && isRemark(lines.get(remarks))) {
      remarks++;
    }
    int clear = remarks < lines.size() ? remarks : from;
    String separator =
        separator(sample, source, lines.subList(clear, lines.size()))
            .or(() -> fallback)
            .orElseThrow(() -> noSeparator(sample));
    boolean quoted =
        source.format() != Format.DAT && Separators.quotedIn(separator, dataOf(lines, clear));
    return table(sample, source, separator, quoted, from, clear);
  }

  /** The lines that certainly are no header, when there are any. */
  private static List<String> dataOf(List<String> lines, int from) {
    return lines.subList(lines.size() > from + 1 ? from + 1 : from, lines.size());
  }

  /** The separator that is asked for or found, if there is one. */
  static Optional<String> separator(FileSample sample, RatingsSource source, List<String> lines) {
    if (!source.separator().equalsIgnoreCase(RatingsSource.AUTO_COLUMN)) {
      return Optional.of(Separators.of(source.separator()));
    }
    String first = sample.lines().get(0);
    if (first.toLowerCase(Locale.ROOT).startsWith(DECLARED) && first.length() > DECLARED.length()) {
      return Optional.of(first.substring(DECLARED.length()));
    }
    return switch (source.format()) {
      case TSV -> Optional.of("\t");
      case CSV -> Optional.of(",");
      case DAT -> Optional.of("::");
      default -> Separators.of(sample.file().getPath().toString(), lines);
    };
  }

  private static BadInputException noSeparator(FileSample sample) {
    return new BadInputException(
        "%s: no '::', tab, semicolon, comma, pipe or blank separates its first lines; set"
                .formatted(sample.file().getPath())
            + " input.separator. The first: '%s'".formatted(shown(sample.lines().get(0))));
  }

  private static String shown(String line) {
    return line.length() > 120 ? line.substring(0, 120) + "..." : line;
  }

  private static TextTable table(
      FileSample sample,
      RatingsSource source,
      String separator,
      boolean quoted,
      int from,
      int clear) {
    List<String> lines = sample.lines();
    LineSplitter splitter = new LineSplitter(separator, quoted);
    int first = from;
    int width = Separators.score(separator, lines.subList(clear, lines.size()))[1];
    boolean headerFollows =
        clear < lines.size()
            && ColumnRole.nameUserAndItem(List.of(splitter.split(lines.get(clear))));
    for (; first < clear; first++) {
      String line = lines.get(first);
      List<String> names = List.of(splitter.split(line.substring(1).strip()));
      if (!headerFollows && ColumnRole.nameUserAndItem(names)) {
        return new TextTable(
            sample,
            separator,
            quoted,
            names,
            after(sample, first),
            records(sample, splitter, first + 1));
      }
      if (!headerFollows && splitter.split(line).length == width && !lines.get(clear).isEmpty()) {
        break;
      }
    }
    List<String[]> all = records(sample, splitter, first);
    List<String> header =
        isHeader(all, width, source)
            ? Arrays.stream(all.get(0)).map(TextTable::strip).toList()
            : null;
    int rows = header == null ? first : first + 1;
    return new TextTable(
        sample,
        separator,
        quoted,
        header,
        rows == 0 ? 0 : after(sample, rows - 1),
        header == null ? all : all.subList(1, all.size()));
  }

  private static String strip(String name) {
    return name.strip();
  }

  private static long after(FileSample sample, int line) {
    return sample.offsets().get(line) + 1;
  }

  private static boolean isRemark(String line) {
    return line.startsWith("#") || line.startsWith("%");
  }

  /** Records from a line on; one whose quotes span lines is put together. */
  private static List<String[]> records(FileSample sample, LineSplitter splitter, int from) {
    List<String[]> records = new ArrayList<>();
    StringBuilder record = new StringBuilder();
    for (String line : sample.lines().subList(from, sample.lines().size())) {
      record.append(record.isEmpty() ? "" : "\n").append(line);
      String[] fields = splitter.split(record.toString());
      if (!splitter.open()) {
        records.add(fields);
        record.setLength(0);
      }
    }
    return records;
  }

  /** Names are given, well known, or the only record without a number. */
  private static boolean isHeader(List<String[]> records, int width, RatingsSource source) {
    if (records.isEmpty()) {
      return false;
    }
    List<String> first = List.of(records.get(0));
    if (ColumnRole.nameUserAndItem(first)) {
      return true;
    }
    boolean named = false;
    for (ColumnRole role : ColumnRole.values()) {
      String asked = role.asked(source);
      if (ColumnChoice.isName(asked)) {
        named |= first.stream().anyMatch(name -> name.strip().equalsIgnoreCase(asked));
      }
    }
    return named
        || (first.size() > 1
            && first.size() >= width
            && !hasNumber(records.get(0))
            && records.stream().anyMatch(TextTable::hasNumber));
  }

  private static boolean hasNumber(String[] fields) {
    return Arrays.stream(fields).anyMatch(field -> Times.scale(field) != null);
  }
}
