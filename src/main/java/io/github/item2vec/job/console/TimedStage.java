package io.github.item2vec.job.console;

import java.time.Clock;

/** A stage that knows how long it has been running; ends once. */
abstract class TimedStage implements Console.Stage {
  private final Clock clock;
  private final long start;
  private String outcome;
  private boolean ended;

  TimedStage(Clock clock) {
    this.clock = clock;
    this.start = clock.millis();
  }

  /** Since it began. */
  final double seconds() {
    return (clock.millis() - start) / 1e3;
  }

  @Override
  public final void done(String came) {
    outcome = came;
    close();
  }

  @Override
  public final void close() {
    if (!ended) {
      ended = true;
      ended(seconds(), outcome != null, outcome == null ? "" : outcome);
    }
  }

  /** Called once. */
  abstract void ended(double seconds, boolean well, String came);
}
