package io.github.item2vec.job.console;

import io.github.item2vec.text.Printable;
import io.github.item2vec.text.WrappedText;
import java.util.List;
import java.util.Locale;

/**
 * A line of the console on a terminal: name, text and, at the right edge, seconds. One column less
 * than the screen has, because a full line makes some terminals begin the next.
 */
final class LineLayout {
  /** Longer lines are hard to read, however wide the screen is. */
  private static final int WIDEST = 100;

  private static final int BAR = 20;
  private static final int SECONDS = 10;
  private static final String INDENT = " ".repeat(Console.NAME + 1);
  private static final String CUT = "...";

  private final Terminal terminal;
  private final int text;

  LineLayout(Terminal terminal) {
    this.terminal = terminal;
    this.text = Math.min(terminal.columns() - 1, WIDEST) - INDENT.length() - SECONDS;
  }

  /** A stage of which nothing is known but that it runs. */
  String running(String name, String description, double seconds) {
    return line(Style.RUNNING, name, padded(description), seconds);
  }

  /** A stage that says how far it is. */
  String running(String name, String description, Console.Progress progress, double seconds) {
    int bar = Math.min(BAR, text / 2);
    int filled = (int) (Math.max(0, Math.min(1, progress.fraction())) * bar);
    String drawn =
        Style.RUNNING.of("#".repeat(filled), terminal)
            + Style.FAINT.of("-".repeat(bar - filled), terminal);
    String rest = padded(description + "  ", progress.text(), text - bar - 1);
    return line(Style.RUNNING, name, drawn + " " + rest, seconds);
  }

  /** A stage that has ended. */
  String ended(String name, String what, double seconds, boolean well) {
    return line(well ? Style.DONE : Style.FAILED, name, padded(what), seconds);
  }

  /** A line without a time, as long as it is. */
  String whole(String name, String what) {
    return named(name) + Printable.line(what);
  }

  /** What was found out in a stage, under its line. */
  List<String> indented(String what) {
    return WrappedText.lines(Printable.line(what), text + SECONDS).stream()
        .map(line -> INDENT + Style.FAINT.of(line, terminal))
        .toList();
  }

  /** A warning has no stage. */
  List<String> warning(String what) {
    List<String> lines = WrappedText.lines(Printable.line(what), text + SECONDS);
    return lines.stream()
        .map(
            line ->
                Style.WARNING.of(named(line.equals(lines.get(0)) ? "warning" : ""), terminal)
                    + line)
        .toList();
  }

  private String line(Style style, String name, String what, double seconds) {
    String time = String.format(Locale.ROOT, "%,.1f s", seconds);
    return style.of(named(name), terminal)
        + what
        + Style.FAINT.of(("%" + SECONDS + "s").formatted(time), terminal);
  }

  private static String named(String name) {
    return ("%-" + Console.NAME + "s ").formatted(name);
  }

  private String padded(String what) {
    return padded("", what, text);
  }

  /** Exactly that wide: what is too long loses first its beginning, which is optional, then its end. */
  private static String padded(String optional, String what, int width) {
    String whole = optional.length() + what.length() <= width ? optional + what : what;
    String cut =
        whole.length() <= width ? whole : whole.substring(0, width - CUT.length()) + CUT;
    return ("%-" + width + "s").formatted(cut);
  }
}
