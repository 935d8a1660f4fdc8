package io.github.item2vec.job.console;

import java.util.Map;

/**
 * What standard error leads to, as submit.sh found it: a JVM cannot ask.
 *
 * @param columns of the screen; of no meaning where the kind is {@link Kind#PLAIN}
 */
record Terminal(Kind kind, int columns) {
  /** Set by submit.sh where standard error is a terminal that can redraw a line: its columns. */
  static final String COLUMNS = "ITEM2VEC_TERMINAL";

  private static final int USUAL = 80;
  private static final int NARROWEST = 40;

  /** What may be done with it. */
  enum Kind {
    /** A file or a pipe: whole lines, each with its time. */
    PLAIN,
    /** A screen: the last line is redrawn. */
    LIVE,
    /** A screen that shows colours. */
    COLOURED
  }

  /**
   * By the environment. A value of NO_COLOR, whatever it is, switches colours off
   * (https://no-color.org).
   */
  static Terminal of(Map<String, String> environment) {
    String columns = environment.get(COLUMNS);
    if (columns == null || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return new Terminal(Kind.PLAIN, USUAL);
    }
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        colours ? Kind.COLOURED : Kind.LIVE, Math.max(NARROWEST, columns(columns.strip())));
  }

  /** Terminals that do not know their size say 0. */
  private static int columns(String text) {
    return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : USUAL;
  }

  boolean live() {
    return kind != Kind.PLAIN;
  }
}
