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

  /** Of a description; a shorter rest says nothing. */
  private static final int SHORTEST = 12;

  private final Terminal terminal;
  private final int text;

  LineLayout(Terminal terminal) {
    this.terminal = terminal;
    this.text = Math.min(terminal.columns() - 1, WIDEST) - INDENT.length() - SECONDS;
  }

  /** A stage of which nothing is known but that it runs. */
  String running(String name, String description, double seconds) {
    return line(Style.RUNNING, name, padded(fitting(description, ""), text), seconds);
  }

  /** A stage that says how far it is. */
  String running(String name, Console.Progress progress, double seconds) {
    int bar = Math.min(BAR, text / 2);
    int filled = (int) (Math.max(0, Math.min(1, progress.fraction())) * bar);
    String drawn =
        Style.RUNNING.of("#".repeat(filled), terminal)
            + Style.FAINT.of("-".repeat(bar - filled), terminal);
    String rest = padded(whatFits(progress.text(), text - bar - 1), text - bar - 1);
    return line(Style.RUNNING, name, drawn + " " + rest, seconds);
  }

  /** A stage that has done its work. */
  String done(String name, String description, String outcome, double seconds) {
    return line(Style.DONE, name, padded(fitting(description, outcome), text), seconds);
  }

  /** A stage that has failed. */
  String failed(String name, String description, double seconds) {
    return line(Style.FAILED, name, padded(fitting(description, "failed"), text), seconds);
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

  /** What is too long loses the beginning of the description: the end of a path tells most. */
  private String fitting(String description, String outcome) {
    String came = outcome.isEmpty() ? "" : ": " + outcome;
    int room = text - came.length();
    if (description.length() <= room) {
      return description + came;
    }
    return room < SHORTEST
        ? outcome
        : CUT + description.substring(description.length() - room + CUT.length()) + came;
  }

  /** The first parts of a text, as it is divided by commas. */
  private static String whatFits(String parts, int width) {
    String fits = parts;
    while (fits.length() > width && fits.contains(", ")) {
      fits = fits.substring(0, fits.lastIndexOf(", "));
    }
    return fits;
  }

  /** Exactly that wide: what is too long loses its end. */
  private static String padded(String what, int width) {
    String cut = what.length() <= width ? what : what.substring(0, width - CUT.length()) + CUT;
    return ("%-" + width + "s").formatted(cut);
  }
}
