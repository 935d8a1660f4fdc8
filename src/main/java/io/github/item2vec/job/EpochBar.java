package io.github.item2vec.job;

import io.github.item2vec.item2vec.ProgressListener;

/**
 * Training epochs on standard error: a bar that redraws itself on a terminal (submit.sh says
 * whether there is one), a line each fifth of the way elsewhere.
 */
final class EpochBar implements ProgressListener {
  private static final int WIDTH = 30;
  private static final int LINES = 5;

  private final boolean terminal = System.getenv("ITEM2VEC_TERMINAL") != null;
  private final long start = System.nanoTime();
  private int linesPrinted;

  @Override
  public void progressed(int epochsDone, int epochs, double fraction) {
    String bar = bar(epochsDone, epochs, fraction);
    if (terminal) {
      System.err.print("\r" + bar + (fraction >= 1 ? System.lineSeparator() : ""));
    } else if ((int) (fraction * LINES) > linesPrinted) {
      linesPrinted = (int) (fraction * LINES);
      System.err.println(bar);
    }
  }

  private String bar(int epochsDone, int epochs, double fraction) {
    int done = (int) Math.round(Math.min(1, fraction) * WIDTH);
    double elapsed = (System.nanoTime() - start) / 1e9;
    double left = fraction > 0 ? elapsed / fraction - elapsed : 0;
    return "%9s [%s%s] epoch %d of %d, %.0f s left"
        .formatted("", "#".repeat(done), ".".repeat(WIDTH - done), epochsDone, epochs, left);
  }
}
