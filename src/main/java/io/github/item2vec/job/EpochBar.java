package io.github.item2vec.job;

import io.github.item2vec.train.progress.ProgressListener;
import io.github.item2vec.train.progress.TrainingProgress;

/**
 * Training epochs on standard error: a bar that redraws itself on a terminal (submit.sh says
 * whether there is one), a line each fifth of the way elsewhere.
 */
public final class EpochBar implements ProgressListener {
  private static final int WIDTH = 30;
  private static final int LINES = 5;

  private final boolean terminal = System.getenv("ITEM2VEC_TERMINAL") != null;
  private int linesPrinted;

  @Override
  public void progressed(TrainingProgress progress) {
    String bar = bar(progress);
    if (terminal) {
      System.err.print("\r" + bar + (progress.fraction() >= 1 ? System.lineSeparator() : ""));
    } else if ((int) (progress.fraction() * LINES) > linesPrinted) {
      linesPrinted = (int) (progress.fraction() * LINES);
      System.err.println(bar);
    }
  }

  private static String bar(TrainingProgress progress) {
    int done = (int) Math.round(progress.fraction() * WIDTH);
    StringBuilder bar =
        new StringBuilder(
            "%9s [%s%s] epoch %d of %d, %,.0f items/s, %.0f s left"
                .formatted(
                    "",
                    "#".repeat(done),
                    ".".repeat(WIDTH - done),
                    progress.epochsDone(),
                    progress.epochs(),
                    progress.itemsPerSecond(),
                    progress.secondsLeft()));
    if (!Double.isNaN(progress.loss())) {
      bar.append(", loss %.4f".formatted(progress.loss()));
    }
    if (!Double.isNaN(progress.validation())) {
      bar.append(", validation map@10 %.4f".formatted(progress.validation()));
    }
    return bar.toString();
  }
}
