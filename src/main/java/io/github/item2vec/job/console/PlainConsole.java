package io.github.item2vec.job.console;

import io.github.item2vec.text.Printable;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/** The console in a file or a pipe: whole lines, each beginning with the time of day. */
final class PlainConsole extends Console {
  /** Between two lines of progress. */
  private static final long QUIET_MILLIS = 10_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Supplier<PrintStream> out;
  private final Clock clock;
  private String running = "";
  private long lastLine;

  /**
   * @param out asked for at each line, because standard error may be replaced
   */
  PlainConsole(Supplier<PrintStream> out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized Stage begin(String name, String description) {
    String outer = running;
    running = name;
    line(name, description);
    return new TimedStage(clock) {
      @Override
      void ended(double seconds, boolean well, String outcome) {
        synchronized (PlainConsole.this) {
          running = outer;
          String how = (well ? "done in %.1f s" : "failed after %.1f s");
          String text = String.format(Locale.ROOT, how, seconds);
          line(name, outcome.isEmpty() ? text : text + ": " + outcome);
        }
      }
    };
  }

  @Override
  public synchronized void progress(Progress progress) {
    if (!running.isEmpty() && clock.millis() - lastLine >= QUIET_MILLIS) {
      line(running, progress.text());
    }
  }

  @Override
  public synchronized void say(String text) {
    line("", text);
  }

  @Override
  public synchronized void tell(String name, String text) {
    line(name, text);
  }

  @Override
  public synchronized void warn(String text) {
    line("warning", text);
  }

  private void line(String name, String text) {
    lastLine = clock.millis();
    out.get()
        .printf(
            "%s %-" + NAME + "s %s%n",
            TIME.format(LocalTime.now(clock)),
            name,
            Printable.line(text));
  }
}
