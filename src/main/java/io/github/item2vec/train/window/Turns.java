package io.github.item2vec.train.window;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts finished steps in some columns, and lets a thread wait until a column has come far enough.
 * A wait is expected to be short: it spins at first. Who waits must know that the steps it waits
 * for have begun on other threads.
 */
final class Turns {
  private static final int SPINS = 10_000;
  private static final long PAUSE_NANOS = 20_000;

  private final AtomicIntegerArray done;

  Turns(int columns) {
    this.done = new AtomicIntegerArray(columns);
  }

  /** One step of a column. It counts as finished when it fails, so that nobody waits for ever. */
  void take(int column, Runnable step) {
    try {
      step.run();
    } finally {
      done.incrementAndGet(column);
    }
  }

  void await(int column, int steps) {
    for (int spins = 0; done.get(column) < steps; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
