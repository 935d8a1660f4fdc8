package io.github.item2vec.job.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output directory, held by one run at a time: the newest of {@link
 * LeaseFiles}, in it who holds it and a turn that a daemon thread counts up. Who finds it waits
 * while watching the turn by its own clock, so that clocks need not agree: while it moves the
 * holder lives and the waiting run is refused; when it stands still for the lease's life the holder
 * counts as dead, and the run that creates the next number is the one that follows it. It removes
 * the dead one's directory, see {@link RunOutput}. A run that finds a number above its own stops.
 * Driver only; one small file written every few seconds.
 */
final class OutputLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);

  /** After this long without a sign of life a run counts as dead. */
  static final Duration LIFE = Duration.ofSeconds(15);

  /** Another life, for tests of dead runs: {@code --conf spark.hadoop.item2vec.output.lease=1s}. */
  private static final String SETTING = "item2vec.output.lease";

  private static final int TURNS_A_LIFE = 5;
  private static final long POLL_MILLIS = 200;
  private static final String FREE = "free";

  private final LeaseFiles leases;
  private final Path output;
  private final String token = UUID.randomUUID().toString();
  private final String run;
  private final Duration life;
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(OutputLease::daemon);

  private ScheduledFuture<?> turns;
  private Runnable onLoss = () -> {};
  private long number;
  private long turn;
  private String follower;
  private String failure;

  /**
   * @param output what the lease is of, for messages
   * @param run names the run to those that wait
   */
  private OutputLease(LeaseFiles leases, Path output, String run, Duration life) {
    this.leases = leases;
    this.output = output;
    this.run = run;
    this.life = life;
  }

  /** Life of a lease as set. */
  static Duration life(Configuration hadoop) {
    return Duration.ofMillis(
        hadoop.getTimeDuration(SETTING, LIFE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * Takes the lease of a directory.
   *
   * @throws OutputBusyException when another run gives signs of life
   */
  static OutputLease acquire(FileSystem files, Path output, String run, Duration life) {
    LeaseFiles leases = new LeaseFiles(files, directory(output));
    OutputLease lease = new OutputLease(leases, output, run, life);
    try {
      lease.take();
    } catch (IOException e) {
      lease.heartbeat.shutdownNow();
      throw new UncheckedIOException(
          "cannot begin in %s: its lease cannot be taken: %s".formatted(output, e.getMessage()), e);
    } catch (RuntimeException e) {
      lease.heartbeat.shutdownNow();
      throw e;
    }
    long millis = life.toMillis() / TURNS_A_LIFE;
    lease.turns =
        lease.heartbeat.scheduleWithFixedDelay(lease::beat, millis, millis, TimeUnit.MILLISECONDS);
    return lease;
  }

  private static Path directory(Path output) {
    return new Path(output, ".run");
  }

  /** The holder's own directory: it is gone when another run has taken the output over. */
  Path own() {
    return new Path(directory(output), Long.toString(number));
  }

  /** To be called once, from the lease's thread, when another run has taken the output over. */
  synchronized void onLoss(Runnable stop) {
    onLoss = stop;
  }

  /**
   * Looks whether the directory is still this run's.
   *
   * @throws OutputBusyException when it is not
   */
  synchronized void requireHeld() {
    try {
      look();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot tell whether %s is still this run's: %s".formatted(output, e.getMessage()), e);
    }
    if (follower != null) {
      throw new OutputBusyException(
          "%s is no longer this run's: run '%s' has taken it over, as this one gave no sign of life for %d s%s; run again"
              .formatted(
                  output,
                  follower,
                  life.toSeconds(),
                  failure == null ? "" : " (its lease was not renewed: " + failure + ")"));
    }
  }

  /** Gives the lease back, if it is still this run's, with the holder's own directory. */
  @Override
  public void close() {
    turns.cancel(true);
    heartbeat.shutdownNow();
    synchronized (this) {
      try {
        look();
        leases.remove(own());
        if (follower == null) {
          leases.replace(number, content(FREE));
        }
      } catch (IOException e) {
        LOG.warn("lease of {} not given back, it lapses by itself: {}", output, e.getMessage());
      }
    }
  }

  private void take() throws IOException {
    long begun = System.nanoTime();
    Watch watch = new Watch();
    while (true) {
      long newest = leases.newest();
      String found = newest == 0 ? content(FREE) : leases.read(newest);
      watch.see(newest, found);
      if (Holder.of(found).turn().equals(FREE) || watch.still(life)) {
        if (begin(newest + 1)) {
          return;
        }
        continue; // another run was first
      }
      if (watch.alive() || System.nanoTime() - begun > 3 * life.toNanos()) {
        throw busy(found);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
  }

  private boolean begin(long next) throws IOException {
    if (!leases.create(next, content("0"))) {
      return false;
    }
    if (leases.newest() > next) { // this run slept while others came and went
      leases.discard(next);
      return false;
    }
    number = next;
    leases.discardBefore(next);
    leases.makeDirectory(own());
    return true;
  }

  private synchronized void beat() {
    try {
      boolean held = follower == null;
      look();
      if (follower == null) {
        leases.replace(number, content(Long.toString(++turn)));
        failure = null;
      } else if (held) {
        onLoss.run();
      }
    } catch (IOException e) {
      // the lease is lost only when another run has taken it; the next turn may succeed
      failure = e.getMessage();
      LOG.warn("lease of {} not renewed: {}", output, failure);
    }
  }

  private void look() throws IOException {
    if (follower == null) {
      long newest = leases.newest();
      if (newest > number) {
        follower = Holder.of(leases.read(newest)).run();
      }
    }
  }

  private String content(String turnOrFree) {
    return token + "\n" + turnOrFree + "\n" + run;
  }

  private OutputBusyException busy(String content) {
    return new OutputBusyException(
        "another run (%s) is at work in %s: wait for it or give another --output"
            .formatted(Holder.of(content).run(), output));
  }

  /** What a lease says; a run's id is its last line, with whatever is in it. */
  private record Holder(String turn, String run) {
    static Holder of(String content) {
      String[] lines = content.split("\n", 3);
      return lines.length == 3 ? new Holder(lines[1], lines[2]) : new Holder("", "unknown");
    }
  }

  /** Another's lease, watched by the clock of this JVM. */
  private final class Watch {
    private long number = -1;
    private String content = "";
    private long since;
    private boolean moved;

    void see(long newest, String found) {
      moved = newest == number && !found.equals(content) && !content.isEmpty();
      if (newest != number || !found.equals(content)) {
        if (newest != number && !Holder.of(found).turn().equals(FREE)) {
          LOG.warn(
              "{}: held by run {}; begins in {} s if that gives no sign of life",
              output,
              Holder.of(found).run(),
              life.toSeconds());
        }
        number = newest;
        content = found;
        since = System.nanoTime();
      }
    }

    boolean alive() {
      return moved;
    }

    boolean still(Duration life) {
      return System.nanoTime() - since > life.toNanos();
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "item2vec-output-lease");
    thread.setDaemon(true);
    return thread;
  }
}
