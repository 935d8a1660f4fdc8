package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study in a process of its own that is killed, as by {@code kill -9}, and resumed. */
class TuneIT {
  private static final int TRIALS = 24;

  /** So long a resumed study waits for the one that was killed. */
  private static final String SHORT_LEASE = "spark.hadoop.item2vec.output.lease=1s";

  @TempDir Path directory;

  @BeforeAll
  static void startSooner(@TempDir Path logs) throws Exception {
    SubmitProcess.shareClasses(logs);
  }

  @Test
  void aKilledStudyEndsAsAnUndisturbedOne() throws Exception {
    assertThat(
            start(
                    "generate",
                    "--output",
                    path("ratings"),
                    "--users",
                    "80",
                    "--items",
                    "60",
                    "--rows",
                    "2400")
                .waitFor())
        .as(log("generate"))
        .isZero();
    Path conf =
        Files.writeString(
            directory.resolve("space.conf"),
            """
            recommend.k = 20
            training { architecture = skip-gram, vector-size = 16, max-iter = 8, min-count = 1 }
            tuning {
              trials = %d
              space { window-size { int = [1, 20] }, ns-exponent { double = [-1, 1] } }
            }
            """
                .formatted(TRIALS));
    String[] tune = {"tune", "--conf", conf.toString(), "--input", path("ratings"), "--output"};

    assertThat(start(with(tune, path("whole"))).waitFor()).as(log("tune")).isZero();

    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<String> whole = timeless("whole");
    int from = 0;
    for (int kill = 1; kill <= 3; kill++) {
      from = random.nextInt(from + 1, whole.size() * kill / 4);
      killAt(from, start(with(tune, path("killed"), "--resume")));
    }
    assertThat(start(with(tune, path("killed"), "--resume")).waitFor()).as(log("tune")).isZero();

    assertThat(timeless("killed")).as("seed %d", seed).isEqualTo(whole);
    assertThat(tuning("killed")).isEqualTo(tuning("whole"));
  }

  /** Kills the process as soon as the journal has so many lines. */
  private void killAt(int lines, Process process) throws Exception {
    Path journal = directory.resolve("killed/study/journal.log");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (process.isAlive()
        && (!Files.exists(journal) || Files.readAllLines(journal).size() < lines)) {
      assertThat(System.nanoTime()).as(log("tune")).isLessThan(deadline);
      Thread.sleep(5);
    }
    assertThat(process.isAlive()).as("ended before it could be killed: %s", log("tune")).isTrue();
    process.destroyForcibly().waitFor();
  }

  private List<String> timeless(String output) throws IOException {
    return Files.readAllLines(directory.resolve(output).resolve("study/journal.log")).stream()
        .map(line -> line.replaceAll("\"datetime_\\w+\":\"[^\"]*\"", "TIME"))
        .toList();
  }

  /** The group of run.json, which has no times. */
  private String tuning(String output) throws IOException {
    String json = Files.readString(directory.resolve(output).resolve("run.json"));
    String group = json.substring(json.indexOf("\"tuning\""));
    return group.substring(0, group.indexOf("\"timings\""));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String[] with(String[] command, String... more) {
    String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  private String log(String command) throws IOException {
    return Files.readString(directory.resolve(command + ".log"));
  }

  private Process start(String... arguments) throws IOException {
    String[] spark = {"--driver-memory", "1g", "--conf", SHORT_LEASE};
    return SubmitProcess.start(
        directory.resolve(arguments[0] + ".log").toFile(), with(spark, arguments));
  }
}
