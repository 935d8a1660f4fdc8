package io.github.item2vec.data;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.github.item2vec.data.RatingsSource.Format;
import java.util.ArrayList;
import java.util.List;

/** Cuts a line into fields, as they are written; one per task, not thread-safe. */
final class LineSplitter {
  /** More fields than any table of ratings has; the parser allocates this many slots once. */
  static final int MAX_FIELDS = 4096;

  private final String delimiter;
  private final CsvParser csv;

  LineSplitter(Format format) {
    this.delimiter = format == Format.DAT ? "::" : "\t";
    this.csv = format == Format.CSV ? csvParser() : null;
  }

  /** The fields; none for an empty line. An empty field is null or "". */
  String[] split(String line) {
    if (line.isEmpty()) {
      return new String[0];
    }
    if (csv != null) {
      String[] fields = csv.parseLine(line);
      return fields == null ? new String[0] : fields;
    }
    List<String> fields = new ArrayList<>(4);
    int from = 0;
    for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, from)) {
      fields.add(line.substring(from, at));
      from = at + delimiter.length();
    }
    fields.add(line.substring(from));
    return fields.toArray(new String[0]);
  }

  private static CsvParser csvParser() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setComment('\0');
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setSkipEmptyLines(false);
    settings.setReadInputOnSeparateThread(false);
    settings.setInputBufferSize(1024);
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(MAX_FIELDS);
    return new CsvParser(settings);
  }
}
