package io.github.item2vec.job;

import io.github.item2vec.config.JobConfig.TitlesFile;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.data.LineSplitter;
import io.github.item2vec.job.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Item titles from a text file of an item per line, packed or not; empty when none is configured.
 * Cut as ratings are: of any length, in quotes that may span lines. Driver only.
 */
public final class Titles {
  private static final String[] SEPARATORS = {"|", "\t", "::", ";", ","};

  /** The mark of UTF-8, byte by byte. */
  private static final String BOM = "\u00EF\u00BB\u00BF";

  private static final int SHOWN = 3;

  /** Characters of a record: longer ones are what a forgotten quote has swallowed. */
  private static final int LONGEST = 1 << 20;

  /** Bytes of the file, unpacked: all titles are in the driver's memory. */
  private static final long LARGEST = 1L << 30;

  private final Map<String, String> titles = new HashMap<>();
  private final Map<String, String> groups = new HashMap<>();
  private final Optional<TitlesFile> file;

  private Titles(Optional<TitlesFile> file) {
    this.file = file;
  }

  /**
   * Reads all titles.
   *
   * @throws BadInputException when the file cannot be read
   */
  public static Titles read(Configuration hadoop, Optional<TitlesFile> file) {
    Titles titles = new Titles(file);
    file.ifPresent(columns -> titles.readAll(hadoop, columns));
    return titles;
  }

  /** The title of an item, or an empty text. */
  public String of(String item) {
    return titles.getOrDefault(item, "");
  }

  /** Whether the file has a column of groups. */
  boolean grouped() {
    return file.isPresent() && file.get().groupColumn() >= 0;
  }

  /** The group of an item, such as its genre, or an empty text. */
  String group(String item) {
    return groups.getOrDefault(item, "");
  }

  /**
   * Says so when titles are configured and none of the items has one, or groups and none has one.
   */
  void warnIfNoneOf(List<String> items) {
    if (grouped() && !items.isEmpty() && items.stream().allMatch(id -> group(id).isEmpty())) {
      Console.standard()
          .warn(
              "input.title-columns.group: no item has a group in column %d of %s; the items are %s; columns count from 0"
                  .formatted(
                      file.get().groupColumn(),
                      file.get().path(),
                      items.stream().limit(SHOWN).toList()));
    }
    if (file.isPresent() && !items.isEmpty() && items.stream().allMatch(id -> of(id).isEmpty())) {
      Console.standard()
          .warn(
              "input.titles: no item has a title in %s, which has %d titles, of %s; the items are %s; see input.title-columns"
                  .formatted(
                      file.get().path(),
                      titles.size(),
                      titles.keySet().stream().limit(SHOWN).toList(),
                      items.stream().limit(SHOWN).toList()));
    }
  }

  private void readAll(Configuration hadoop, TitlesFile of) {
    Path file = new Path(of.path());
    // ISO 8859-1 keeps every byte, see text
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(open(hadoop, file), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = columns(line, lines, of.separator());
        if (columns.length > Math.max(of.idColumn(), of.titleColumn())) {
          String id = columns[of.idColumn()].strip();
          titles.put(id, columns[of.titleColumn()]);
          groups.put(id, group(columns, of));
        }
      }
    } catch (IOException | RuntimeException e) {
      // RuntimeException: codecs without their native library
      throw new BadInputException("input.titles: cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The first of the names in the column, or the name of the first flag; empty without any. */
  private static String group(String[] columns, TitlesFile of) {
    int first = of.groupColumn();
    if (first < 0 || columns.length <= first) {
      return "";
    }
    for (int flag = 0; flag < of.flags().size() && first + flag < columns.length; flag++) {
      if (columns[first + flag].strip().equals("1")) {
        return of.flags().get(flag);
      }
    }
    int end = columns[first].indexOf('|');
    return !of.flags().isEmpty()
        ? ""
        : columns[first].substring(0, end < 0 ? columns[first].length() : end).strip();
  }

  private static InputStream open(Configuration hadoop, Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    InputStream stored = file.getFileSystem(hadoop).open(file);
    return new LimitedText(
        codec == null ? stored : codec.createInputStream(stored), LONGEST, LARGEST);
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

  /** Cut at the separator, or the one that comes first; with commas and semicolons quotes count. */
  private static String[] columns(String first, BufferedReader lines, Optional<String> separator)
      throws IOException {
    String line = text(first.startsWith(BOM) ? first.substring(BOM.length()) : first);
    String cut = separator.orElseGet(() -> first(line));
    if (cut.isEmpty()) {
      return new String[0];
    }
    LineSplitter splitter = new LineSplitter(cut, cut.equals(",") || cut.equals(";"));
    String[] columns = splitter.split(line);
    if (!splitter.open()) {
      return columns;
    }
    StringBuilder record = new StringBuilder(line);
    lines.mark(5 * LONGEST); // bytes, of at most four per character
    while (splitter.open() && record.length() < LONGEST) {
      String next = lines.readLine();
      if (next == null) {
        break;
      }
      record.append(' ').append(text(next));
      if (next.indexOf('"') >= 0) {
        columns = splitter.split(record.toString());
      }
    }
    if (splitter.open()) {
      lines.reset(); // a quote that nobody closes is of its line alone
    }
    return columns;
  }

  /** The separator that comes first, outside of quotes. */
  private static String first(String line) {
    int from = line.startsWith("\"") ? Math.max(0, line.indexOf('"', 1)) : 0;
    String first = "";
    int firstAt = line.length();
    for (String separator : SEPARATORS) {
      int at = line.indexOf(separator, from);
      if (at >= 0 && at < firstAt) {
        first = separator;
        firstAt = at;
      }
    }
    return first;
  }
}
