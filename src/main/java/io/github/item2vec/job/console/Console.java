package io.github.item2vec.job.console;

import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;

/**
 * What a running job says, on standard error: each stage as it begins, how far it is, what came of
 * it and how long it took. Driver only; for any thread.
 */
public abstract class Console {
  /** As wide as in the closing table, so that both have one left edge. */
  static final int NAME = 10;

  /** The console of this process: there is one, as there is one standard error. */
  public static Console standard() {
    return Standard.CONSOLE;
  }

  /** Made at first use. */
  private static final class Standard {
    static final Console CONSOLE = console();

    private static Console console() {
      Terminal terminal = Terminal.of(SubmitEnvironment.ofThisProcess());
      if (!terminal.live()) {
        return new PlainConsole(() -> System.err, Clock.system(ZoneId.systemDefault()));
      }
      PrintStream screen = System.err;
      LiveConsole console = new LiveConsole(screen, terminal, Clock.system(ZoneId.systemDefault()));
      System.setErr(console.streamForOthers());
      console.redrawFromNowOn();
      Runtime.getRuntime().addShutdownHook(new Thread(console::leave, "item2vec-console-end"));
      return console;
    }
  }

  /** Begins a stage, inside the one that is running if there is one; it runs until it is closed. */
  public abstract Stage begin(String name, String description);

  /** How far the running stage is; nothing where none is running. */
  public abstract void progress(Progress progress);

  /** Something that was found out in the running stage. */
  public abstract void say(String text);

  /** A line of its own inside the running stage, there at once. */
  public abstract void tell(String name, String text);

  /** What the user ought to know, though the job goes on. */
  public abstract void warn(String text);

  /** A stage that runs; closed without {@link #done} it has failed. */
  public interface Stage extends AutoCloseable {
    /**
     * It has done its work.
     *
     * @param outcome what came of it in a few words; empty when there is nothing to say
     */
    void done(String outcome);

    @Override
    void close();
  }

  /**
   * How far a stage is.
   *
   * @param fraction of the whole, 0 to 1
   * @param text the same and more in words
   */
  public record Progress(double fraction, String text) {}
}
