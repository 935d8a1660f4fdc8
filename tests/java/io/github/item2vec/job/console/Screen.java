package io.github.item2vec.job.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows after some bytes, as far as the console uses one: a line that is erased
 * begins anew. Styles stay, as their numbers in braces.
 */
public final class Screen {
  private static final String ERASED = "\r\u001b[K";

  private Screen() {}

  /** The lines that are there in the end. */
  public static List<String> lines(String bytes) {
    List<String> lines = new ArrayList<>();
    for (String line : bytes.split("\r?\n", -1)) {
      String shown = line.substring(Math.max(0, line.lastIndexOf(ERASED)));
      lines.add(shown.replace(ERASED, "").replaceAll("\u001b\\[(\\d+)m", "{$1}"));
    }
    return lines;
  }

  /** A line without its styles. */
  public static String plain(String line) {
    return line.replaceAll("\\{\\d+}", "");
  }
}
