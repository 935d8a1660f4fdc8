package io.github.item2vec.text;

import java.util.ArrayList;
import java.util.List;

/** Text cut into lines at its blanks: never inside a word, a path or a key. */
public final class WrappedText {
  private WrappedText() {}

  /**
   * The lines of a text.
   *
   * @param text blanks at the beginning of a line and several in a row stay; line feeds stay line
   *     ends
   * @param width the most characters of a line; a longer word has a line of its own
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      wrap(line, width, lines);
    }
    return lines;
  }

  private static void wrap(String line, int width, List<String> lines) {
    String rest = line;
    while (rest.length() > width) {
      int end = rest.lastIndexOf(' ', width);
      if (end <= 0 || rest.substring(0, end).isBlank()) {
        end = rest.indexOf(' ', width);
      }
      if (end < 0) {
        break;
      }
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end + 1);
    }
    lines.add(rest.stripTrailing());
  }
}
