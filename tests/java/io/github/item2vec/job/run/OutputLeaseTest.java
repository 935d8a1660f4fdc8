package io.github.item2vec.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLeaseTest {
  private static final Duration LIFE = Duration.ofMillis(1500);

  @TempDir Path directory;

  @Test
  void theSecondIsRefusedWhileTheFirstLives() {
    try (OutputLease first = acquire("first")) {
      assertThatThrownBy(() -> acquire("second"))
          .isInstanceOf(OutputBusyException.class)
          .hasMessageContaining("another run (first)")
          .satisfies(failure -> assertThat(Failure.exitCode(failure)).isEqualTo(6));
      first.requireHeld();
    }
    acquire("second").close();
    assertThat(directory.resolve(".lease")).doesNotExist();
  }

  @Test
  void whatADeadRunLeftLapses() throws IOException {
    Files.writeString(directory.resolve(".lease"), "dead 123\n7");
    long start = System.nanoTime();
    try (OutputLease lease = acquire("next")) {
      lease.requireHeld();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(LIFE);
    }
  }

  @Test
  void aHalfWrittenLeaseLapsesToo() throws IOException {
    Files.createFile(directory.resolve(".lease"));
    acquire("next").close();
  }

  @Test
  void aRunThatWasReplacedStopsAndLeavesTheOthersLease() throws Exception {
    OutputLease stalled = acquire("stalled");
    Files.writeString(directory.resolve(".lease"), "other 123\n1");
    Thread.sleep(LIFE.toMillis());
    assertThatThrownBy(stalled::requireHeld)
        .isInstanceOf(OutputBusyException.class)
        .hasMessageContaining("no longer this run's");
    stalled.close();
    assertThat(directory.resolve(".lease")).hasContent("other 123\n1");
  }

  private OutputLease acquire(String run) {
    return OutputLease.acquire(new Configuration(), directory.toString(), run, LIFE);
  }
}
