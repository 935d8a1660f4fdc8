package io.github.item2vec.redis;

import java.util.concurrent.locks.LockSupport;

/** Keeps one task at a rate of its own, so that a shared server stays quick for its readers. */
final class Pace {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final long startNanos = System.nanoTime();

  /**
   * @param perSecond lists; 0 for no limit
   */
  Pace(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Waits until that many lists may have been written since the start. */
  void await(long lists) {
    if (perSecond > 0) {
      long due = startNanos + (long) (lists / perSecond * NANOS);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
    }
  }
}
