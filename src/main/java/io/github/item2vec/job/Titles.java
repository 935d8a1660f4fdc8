package io.github.item2vec.job;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.github.item2vec.data.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Item titles from a text file of (id, title, ...) lines; empty when none is configured. */
final class Titles {
  private static final String[] SEPARATORS = {"|", "\t", "::", ","};

  private final Map<String, String> titles;

  private Titles(Map<String, String> titles) {
    this.titles = titles;
  }

  static Titles read(Configuration hadoop, Optional<String> file) {
    Map<String, String> titles = new HashMap<>();
    file.ifPresent(path -> readInto(titles, hadoop, new Path(path)));
    return new Titles(titles);
  }

  /** The title of an item, or an empty text. */
  String of(String item) {
    return titles.getOrDefault(item, "");
  }

  private static void readInto(Map<String, String> titles, Configuration hadoop, Path file) {
    CsvParser csv = new CsvParser(new CsvParserSettings());
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = columns(line, csv);
        if (columns.length > 1) {
          titles.put(columns[0], columns[1]);
        }
      }
    } catch (IOException e) {
      throw new BadInputException("input.titles: cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Cut at the separator that comes first in the line; with commas, quotes count. */
  private static String[] columns(String line, CsvParser csv) {
    String first = null;
    for (String separator : SEPARATORS) {
      int at = line.indexOf(separator);
      if (at >= 0 && (first == null || at < line.indexOf(first))) {
        first = separator;
      }
    }
    if (first == null) {
      return new String[0];
    }
    return first.equals(",") ? csv.parseLine(line) : line.split(Pattern.quote(first), 3);
  }
}
