package io.github.item2vec.job.console;

import io.github.item2vec.text.Printable;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The console on a terminal: a stage is one line, redrawn until it ends. What others write
 * meanwhile, such as Spark's warnings, goes above it.
 */
final class LiveConsole extends Console {
  private static final long REDRAWN_MILLIS = 200;
  private static final String ERASED = "\r\u001b[K";

  private final PrintStream screen;
  private final LineLayout layout;
  private final Clock clock;
  private final Deque<LiveStage> running = new ArrayDeque<>();
  private boolean drawn;

  LiveConsole(PrintStream screen, Terminal terminal, Clock clock) {
    this.screen = screen;
    this.layout = new LineLayout(terminal);
    this.clock = clock;
  }

  /** A stage, what was said in it and how far it is. */
  private final class LiveStage extends TimedStage {
    private final String name;
    private final String description;
    private final List<String> said = new ArrayList<>();
    private Progress progress;

    LiveStage(String name, String description) {
      super(clock);
      this.name = name;
      this.description = Printable.line(description);
    }

    String line() {
      return progress == null
          ? layout.running(name, description, seconds())
          : layout.running(name, progress, seconds());
    }

    @Override
    void ended(double seconds, boolean well, String came) {
      synchronized (LiveConsole.this) {
        running.remove(this);
        above(
            () -> {
              screen.println(
                  well
                      ? layout.done(name, description, Printable.line(came), seconds)
                      : layout.failed(name, description, seconds));
              said.forEach(LiveConsole.this::indented);
            });
      }
    }
  }

  @Override
  public synchronized Stage begin(String name, String description) {
    LiveStage stage = new LiveStage(name, description);
    running.push(stage);
    draw();
    return stage;
  }

  @Override
  public synchronized void progress(Progress progress) {
    if (!running.isEmpty()) {
      running.peek().progress = progress;
      draw();
    }
  }

  /** Under the line of the stage that is running, once that has ended. */
  @Override
  public synchronized void say(String text) {
    if (running.isEmpty()) {
      indented(text);
    } else {
      running.peek().said.add(text);
    }
  }

  @Override
  public synchronized void tell(String name, String text) {
    above(() -> screen.println(layout.whole(name, text)));
  }

  @Override
  public synchronized void warn(String text) {
    above(() -> layout.warning(text).forEach(screen::println));
  }

  private void indented(String text) {
    layout.indented(text).forEach(screen::println);
  }

  /** Takes standard error's place, so that nothing that is written there breaks the line. */
  PrintStream streamForOthers() {
    return new PrintStream(new WholeLines(this::others), true, Charset.defaultCharset());
  }

  private synchronized void others(byte[] lines) {
    above(() -> screen.write(lines, 0, lines.length));
  }

  /** Writes whole lines where the line is that is redrawn, and that one under them. */
  private void above(Runnable lines) {
    if (drawn) {
      screen.print(ERASED);
      drawn = false;
    }
    lines.run();
    draw();
  }

  private void draw() {
    if (!running.isEmpty()) {
      screen.print(ERASED + running.peek().line());
      drawn = true;
    }
    screen.flush();
  }

  /** So that the seconds go on while a stage has nothing to tell. */
  void redrawFromNowOn() {
    Thread clockwork =
        new Thread(
            () -> {
              while (slept()) {
                redraw();
              }
            },
            "item2vec-console");
    clockwork.setDaemon(true);
    clockwork.start();
  }

  private synchronized void redraw() {
    if (drawn) {
      draw();
    }
  }

  /**
   * Ends the line, so that the shell's prompt does not stand behind it: Ctrl-C comes at any time.
   */
  synchronized void leave() {
    running.clear();
    if (drawn) {
      screen.println();
      drawn = false;
    }
  }

  private static boolean slept() {
    try {
      Thread.sleep(REDRAWN_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
