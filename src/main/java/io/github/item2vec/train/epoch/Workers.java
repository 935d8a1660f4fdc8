package io.github.item2vec.train.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The threads of one training; the calling thread is one of them. */
public final class Workers implements AutoCloseable {
  /** Ranges that something is cut into: more than threads, for some take longer. */
  private static final int RANGES = 16;

  private final int threads;
  private final ExecutorService pool;

  public Workers(int threads) {
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                task -> {
                  Thread thread = new Thread(task, "item2vec-worker");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** Runs tasks 0 .. tasks - 1, in any order and on any thread, and waits for all. */
  public void run(int tasks, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.accept(i);
          }
        };
    List<Future<?>> others = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, tasks); t++) {
      others.add(pool.submit(work));
    }
    work.run();
    others.forEach(Workers::join);
  }

  /** A part of something, from .. to - 1. */
  public interface Range {
    void run(int from, int to);
  }

  /** {@link #ranges(int, int, Range)} of sixteen. */
  public void ranges(int size, Range range) {
    ranges(size, RANGES, range);
  }

  /** Cuts 0 .. size - 1 into ranges of about one length, and runs them as {@link #run} does. */
  public void ranges(int size, int ranges, Range range) {
    run(
        ranges,
        r -> range.run((int) ((long) size * r / ranges), (int) ((long) size * (r + 1) / ranges)));
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a training thread failed", e.getCause());
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
