package io.github.item2vec.job.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output directory, held by one run at a time: the file {@code
 * OUTPUT/.lease}, created exclusively, in it who holds it and a number that a daemon thread counts
 * up. Who finds it waits while watching that number by its own clock, so that clocks need not
 * agree: while it moves the holder lives and the waiting run is refused, when it stands still for
 * the lease's life the holder is dead and the file is replaced. A run that stalled for that long
 * finds its lease taken and stops. Driver only; one small file written every few seconds.
 *
 * <p>Exclusive where the file system creates exclusively, as HDFS does. Elsewhere two runs that
 * start at the same instant may both begin; the next turn of one of them finds the other's token.
 */
public final class OutputLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);

  /** After this long without a sign of life a run counts as dead. */
  static final Duration LIFE = Duration.ofSeconds(15);

  /** Another life, for tests of dead runs: {@code --conf spark.hadoop.item2vec.output.lease=1s}. */
  private static final String SETTING = "item2vec.output.lease";

  private static final int TURNS_A_LIFE = 5;
  private static final long POLL_MILLIS = 200;

  private final FileSystem files;
  private final Path file;
  private final String token;
  private final Duration life;
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(OutputLease::daemon);

  private ScheduledFuture<?> turns;
  private long turn;
  private long lastTurn;
  private boolean lost;

  private OutputLease(FileSystem files, Path file, String run, Duration life) {
    this.files = files;
    this.file = file;
    this.token = run + " " + UUID.randomUUID();
    this.life = life;
  }

  /**
   * Takes the lease of a directory, which is made if need be.
   *
   * @param run names the run to those that wait
   * @throws OutputBusyException when another run gives signs of life
   */
  public static OutputLease acquire(Configuration hadoop, String output, String run) {
    long millis = hadoop.getTimeDuration(SETTING, LIFE.toMillis(), TimeUnit.MILLISECONDS);
    return acquire(hadoop, output, run, Duration.ofMillis(millis));
  }

  public static OutputLease acquire(
      Configuration hadoop, String output, String run, Duration life) {
    Path file = new Path(output, ".lease");
    try {
      FileSystem files = file.getFileSystem(hadoop);
      if (files instanceof LocalFileSystem local) {
        files = local.getRaw(); // a checksum file beside each file cannot be replaced with it
      }
      OutputLease lease = new OutputLease(files, file, run, life);
      lease.take();
      long millis = life.toMillis() / TURNS_A_LIFE;
      lease.turns =
          lease.heartbeat.scheduleWithFixedDelay(
              lease::beat, millis, millis, TimeUnit.MILLISECONDS);
      return lease;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take " + file, e);
    }
  }

  /**
   * Checks that the directory is still this run's.
   *
   * @throws OutputBusyException when it is not
   */
  public synchronized void requireHeld() {
    if (System.nanoTime() - lastTurn > life.toNanos()) {
      beat();
    }
    if (lost) {
      throw new OutputBusyException(
          "%s is no longer this run's: it stalled for more than %d s and another run began; run again"
              .formatted(file, life.toSeconds()));
    }
  }

  /** Gives the lease back, if it is still this run's. */
  @Override
  public synchronized void close() {
    turns.cancel(true);
    heartbeat.shutdownNow();
    try {
      if (!lost && holder(read()).equals(token)) {
        files.delete(file, false);
      }
    } catch (IOException e) {
      LOG.warn("lease not given back, it lapses by itself: {}", e.getMessage());
    }
  }

  private void take() throws IOException {
    String seen = "";
    long unmoved = System.nanoTime();
    long begun = unmoved;
    while (!create()) {
      String found = read();
      if (!found.equals(seen)) {
        if (!seen.isEmpty() && holder(seen).equals(holder(found))) {
          throw busy(found);
        }
        if (seen.isEmpty()) {
          LOG.warn(
              "{}: left by run {}; begins in {} s if that gives no sign of life",
              file,
              run(found),
              life.toSeconds());
        }
        seen = found;
        unmoved = System.nanoTime();
      } else if (System.nanoTime() - unmoved > life.toNanos()) {
        files.delete(file, false);
      }
      if (System.nanoTime() - begun > 3 * life.toNanos()) {
        throw busy(found);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
  }

  private boolean create() throws IOException {
    try {
      write(false);
      return true;
    } catch (FileAlreadyExistsException held) {
      return false;
    } catch (IOException e) {
      if (files.exists(file)) { // each file system has an exception of its own for that
        return false;
      }
      throw e;
    }
  }

  private synchronized void beat() {
    try {
      if (!holder(read()).equals(token)) {
        lost = true;
      } else {
        write(true);
      }
    } catch (IOException e) {
      // the lease is lost only when another run has taken it; the next turn may succeed
      LOG.warn("lease not renewed: {}", e.getMessage());
    }
  }

  private void write(boolean overwrite) throws IOException {
    try (OutputStream out = files.create(file, overwrite)) {
      out.write((token + "\n" + turn++).getBytes(StandardCharsets.UTF_8));
    }
    lastTurn = System.nanoTime();
  }

  /** Token and turn; empty when there is no lease or its holder is just writing it. */
  private String read() throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException none) {
      return "";
    }
  }

  private OutputBusyException busy(String content) {
    return new OutputBusyException(
        "another run (%s) is at work in %s: wait for it or give another --output"
            .formatted(run(content), file.getParent()));
  }

  private static String holder(String content) {
    return content.split("\n", 2)[0];
  }

  private static String run(String content) {
    return content.isBlank() ? "unknown" : content.split(" ", 2)[0];
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "item2vec-output-lease");
    thread.setDaemon(true);
    return thread;
  }
}
