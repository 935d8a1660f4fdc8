package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What separates the fields of a file: its content decides, its name where two would do as well.
 * Driver only.
 */
final class Separators {
  /** A blank last: texts and dates have blanks. */
  private static final List<String> KNOWN = List.of("::", "\t", ";", ",", "|", " ");

  private static final Map<String, String> BY_EXTENSION =
      Map.of("csv", ",", "tsv", "\t", "tab", "\t", "data", "\t", "dat", "::");

  private Separators() {}

  /**
   * That which cuts the most lines into the same number of fields, and of those the one that gives
   * the most fields; a blank only when no other cuts any.
   *
   * @param lines without remarks before the header
   */
  static Optional<String> of(String path, List<String> lines) {
    String best = null;
    int[] bestScore = {0, 0};
    String hint = BY_EXTENSION.getOrDefault(extension(path), "");
    for (String separator : KNOWN) {
      int[] score = score(separator, lines);
      boolean blankLast = separator.equals(" ") && best != null;
      if (score[0] > 0 && !blankLast && better(score, bestScore, separator.equals(hint))) {
        best = separator;
        bestScore = score;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean better(int[] score, int[] than, boolean hinted) {
    if (score[0] != than[0]) {
      return score[0] > than[0];
    }
    return score[1] != than[1] ? score[1] > than[1] : hinted;
  }

  /** How many lines have the most frequent number of fields above 1, and that number. */
  static int[] score(String separator, List<String> lines) {
    LineSplitter splitter = new LineSplitter(separator, quotedIn(separator, lines));
    Map<Integer, Integer> counts = new HashMap<>();
    int[] best = {0, 0};
    for (String line : lines) {
      int fields = splitter.split(line).length;
      int count = fields < 2 ? 0 : counts.merge(fields, 1, Integer::sum);
      if (count > best[0] || (count == best[0] && count > 0 && fields > best[1])) {
        best = new int[] {count, fields};
      }
    }
    return best;
  }

  /**
   * Whether quotes count: with commas and semicolons they do. With others they are text, unless
   * each line has a field in quotes and none in which one is open, as R writes tables.
   */
  static boolean quotedIn(String separator, List<String> lines) {
    if (separator.equals(",") || separator.equals(";")) {
      return true;
    }
    LineSplitter plain = new LineSplitter(separator, false);
    boolean some = false;
    for (String line : lines) {
      boolean quoted = false;
      for (String field : plain.split(line)) {
        boolean begins = field.startsWith("\"");
        boolean ends = field.length() > 1 && field.endsWith("\"");
        if (begins != ends) {
          return false;
        }
        quoted |= begins;
      }
      if (!quoted) {
        return false;
      }
      some = true;
    }
    return some;
  }

  /** As text, for messages. */
  static String shown(String separator) {
    return switch (separator) {
      case "\t" -> "tab";
      case " " -> "blank";
      default -> separator;
    };
  }

  /** As it is spelled in the configuration. */
  static String of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "tab", "\\t" -> "\t";
      case "blank", "space", " " -> " ";
      default -> word;
    };
  }

  /** The extension in lower case, that of a compression left out. */
  static String extension(String path) {
    String name = new Path(path).getName().toLowerCase(Locale.ROOT);
    List<String> parts = new ArrayList<>(List.of(name.split("\\.", -1)));
    if (parts.size() > 2
        && List.of("gz", "bz2", "zst", "deflate", "lz4", "snappy")
            .contains(parts.get(parts.size() - 1))) {
      parts.remove(parts.size() - 1);
    }
    return parts.size() < 2 ? "" : parts.get(parts.size() - 1);
  }
}
