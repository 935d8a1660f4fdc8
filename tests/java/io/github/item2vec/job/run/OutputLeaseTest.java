package io.github.item2vec.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLeaseTest {
  private static final Duration LIFE = Duration.ofMillis(1500);

  @TempDir Path directory;

  @Test
  void theSecondIsRefusedWhileTheFirstLives() throws IOException {
    try (OutputLease first = acquire("the first of two")) {
      assertThatThrownBy(() -> acquire("second"))
          .isInstanceOf(OutputBusyException.class)
          .hasMessageContaining("another run (the first of two) is at work in " + directory)
          .satisfies(failure -> assertThat(Failure.exitCode(failure)).isEqualTo(6));
      first.requireHeld();
    }
    long start = System.nanoTime();
    acquire("second").close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIFE);
  }

  @Test
  void whatADeadRunLeftLapses() throws IOException {
    leave(7, "x\n9\ndead");
    Files.createDirectories(directory.resolve(".run/7/model"));
    long start = System.nanoTime();
    try (OutputLease lease = acquire("next")) {
      lease.requireHeld();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(LIFE);
      assertThat(lease.own().getName()).isEqualTo("8");
      assertThat(directory.resolve(".run"))
          .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("7"));
    }
  }

  @Test
  void aHalfWrittenLeaseLapsesToo() throws IOException {
    leave(1, "");
    acquire("next").close();
  }

  @Test
  void aRunThatWasReplacedStopsAndLeavesTheOthersLease() throws Exception {
    OutputLease stalled = acquire("stalled");
    leave(2, "x\n1\nother run");
    assertThatThrownBy(stalled::requireHeld)
        .isInstanceOf(OutputBusyException.class)
        .hasMessageContaining(
            "is no longer this run's: run 'other run' has taken it over, as this one gave no sign of life");
    stalled.close();
    assertThat(directory.resolve(".run/2.lease")).hasContent("x\n1\nother run");
  }

  @Test
  void theLossIsToldOnce() throws Exception {
    List<String> told = new ArrayList<>();
    try (OutputLease stalled = acquire("stalled")) {
      stalled.onLoss(() -> told.add("lost"));
      Thread.sleep(LIFE.toMillis() / 2);
      assertThat(told).isEmpty();
      leave(2, "x\n1\nother");
      Thread.sleep(LIFE.toMillis());
      assertThat(told).containsExactly("lost");
    }
  }

  /** The device that is always full stands for the disk. */
  @Test
  void aFullDiskLeavesTheLeaseWholeAndIsNamed() throws Exception {
    try (OutputLease lease = acquire("mine")) {
      String before = Files.readString(directory.resolve(".run/1.lease"));
      Files.createSymbolicLink(directory.resolve(".run/1.lease.next"), Path.of("/dev/full"));
      Thread.sleep(LIFE.toMillis());

      assertThat(Files.readString(directory.resolve(".run/1.lease")).lines().skip(2).toList())
          .isEqualTo(before.lines().skip(2).toList());
      lease.requireHeld(); // nobody has taken it
      leave(2, "x\n1\nother");
      assertThatThrownBy(lease::requireHeld)
          .hasMessageContaining("run 'other' has taken it over")
          .hasMessageContaining("its lease was not renewed: No space left on device");
    }
  }

  /** A dead run's output, eight that wait for it, and one of them begins. */
  @Test
  void ofEightWaitersOneBegins() throws Exception {
    int waiters = 8;
    Duration life = Duration.ofMillis(300);
    ExecutorService threads = Executors.newFixedThreadPool(waiters);
    try {
      for (int round = 0; round < 12; round++) {
        Path output = directory.resolve("round-" + round);
        Files.createDirectories(output.resolve(".run"));
        if (round % 4 > 0) { // else it is free
          Files.writeString(output.resolve(".run/1.lease"), "x\n3\ndead");
        }
        CyclicBarrier barrier = new CyclicBarrier(waiters);
        List<Future<OutputLease>> waiting = new ArrayList<>();
        for (int waiter = 0; waiter < waiters; waiter++) {
          Callable<OutputLease> take = take(output, "waiter-" + waiter, life, barrier);
          waiting.add(threads.submit(take));
        }
        List<OutputLease> begun = new ArrayList<>();
        for (Future<OutputLease> waiter : waiting) {
          OutputLease lease = waiter.get();
          if (lease != null) {
            begun.add(lease);
          }
        }
        assertThat(begun).as("round %d", round).hasSize(1);
        begun.get(0).requireHeld();
        begun.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<OutputLease> take(
      Path output, String run, Duration life, CyclicBarrier barrier) {
    return () -> {
      barrier.await();
      try {
        return acquire(output, run, life);
      } catch (OutputBusyException refused) {
        return null;
      }
    };
  }

  private void leave(long number, String content) throws IOException {
    Files.createDirectories(directory.resolve(".run"));
    Files.writeString(directory.resolve(".run/" + number + ".lease"), content);
  }

  private OutputLease acquire(String run) throws IOException {
    return acquire(directory, run, LIFE);
  }

  private static OutputLease acquire(Path output, String run, Duration life) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output.toString());
    FileSystem files = path.getFileSystem(new Configuration());
    return OutputLease.acquire(files, path, run, life);
  }
}
