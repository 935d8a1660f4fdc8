package io.github.item2vec.job;

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
  /** The separators looked for, in this order; a line splits at the first that it holds. */
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
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(titles, line);
      }
    } catch (IOException e) {
      throw new BadInputException("input.titles: cannot read " + file + ": " + e.getMessage());
    }
  }

  private static void add(Map<String, String> titles, String line) {
    for (String separator : SEPARATORS) {
      if (line.contains(separator)) {
        String[] columns = line.split(Pattern.quote(separator), 3);
        titles.put(columns[0], columns[1]);
        return;
      }
    }
  }
}
