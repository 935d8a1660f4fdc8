package io.github.item2vec.job;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.github.item2vec.config.JobConfig.TitlesFile;
import io.github.item2vec.data.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Item titles from a text file of an item a line; empty when none is configured. Driver only. */
final class Titles {
  private static final String[] SEPARATORS = {"|", "\t", "::", ","};

  private final Map<String, String> titles;

  private Titles(Map<String, String> titles) {
    this.titles = titles;
  }

  /**
   * Reads all titles.
   *
   * @throws BadInputException when the file cannot be read
   */
  static Titles read(Configuration hadoop, Optional<TitlesFile> file) {
    Map<String, String> titles = new HashMap<>();
    file.ifPresent(columns -> readInto(titles, hadoop, columns));
    return new Titles(titles);
  }

  /** The title of an item, or an empty text. */
  String of(String item) {
    return titles.getOrDefault(item, "");
  }

  private static void readInto(Map<String, String> titles, Configuration hadoop, TitlesFile of) {
    CsvParser csv = new CsvParser(new CsvParserSettings());
    Path file = new Path(of.path());
    // ISO 8859-1 keeps every byte, see text
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                file.getFileSystem(hadoop).open(file), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = columns(text(line), of.separator(), csv);
        if (columns.length > Math.max(of.idColumn(), of.titleColumn())
            && columns[of.titleColumn()] != null) {
          titles.put(columns[of.idColumn()], columns[of.titleColumn()]);
        }
      }
    } catch (IOException e) {
      throw new BadInputException("input.titles: cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The line's bytes as UTF-8; a line that is none, as in MovieLens' older files, as it is. */
  private static String text(String line) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return line;
    }
  }

  /** Cut at the separator, or the one that comes first in the line; with commas, quotes count. */
  private static String[] columns(String line, Optional<String> separator, CsvParser csv) {
    String cut = separator.orElseGet(() -> first(line));
    if (cut.equals(",")) {
      String[] columns = csv.parseLine(line);
      return columns == null ? new String[0] : columns;
    }
    return cut.isEmpty() ? new String[0] : line.split(Pattern.quote(cut), -1);
  }

  private static String first(String line) {
    String first = "";
    for (String separator : SEPARATORS) {
      int at = line.indexOf(separator);
      if (at >= 0 && (first.isEmpty() || at < line.indexOf(first))) {
        first = separator;
      }
    }
    return first;
  }
}
