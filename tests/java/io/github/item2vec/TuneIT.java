package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study in a process of its own that is killed, as by {@code kill -9}, and resumed, beside one
 * that is left alone.
 */
class TuneIT {
  private static final int TRIALS = 24;

  /** The journal has some more; kills are dealt over the first three quarters of so many. */
  private static final int LEAST_LINES = 200;

  /** So long a resumed study waits for the one that was killed. */
  private static final String SHORT_LEASE = "spark.hadoop.item2vec.output.lease=1s";

  @TempDir Path directory;

  @Test
  void aKilledStudyEndsAsAnUndisturbedOne() throws Exception {
    assertThat(
            start(
                    "generate",
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

    Process undisturbed = start("whole", with(tune, path("whole")));

    long seed = System.nanoTime();
    try {
      killAndResume(tune, new SplittableRandom(seed));
      assertThat(undisturbed.waitFor()).as(log("whole")).isZero();
    } finally {
      undisturbed.destroyForcibly();
    }

    List<String> whole = timeless("whole");
    assertThat(whole).as("killed while there was more to come").hasSizeGreaterThan(LEAST_LINES);
    assertThat(timeless("killed")).as("seed %d", seed).isEqualTo(whole);
    assertThat(tuning("killed")).isEqualTo(tuning("whole"));
  }

  private void killAndResume(String[] tune, SplittableRandom random) throws Exception {
    int from = 0;
    for (int kill = 1; kill <= 3; kill++) {
      from = random.nextInt(from + 1, LEAST_LINES * kill / 4);
      killAt(from, start("killed", with(tune, path("killed"), "--resume")));
    }
    assertThat(start("killed", with(tune, path("killed"), "--resume")).waitFor())
        .as(log("killed"))
        .isZero();
  }

  /** Kills the process as soon as the journal has so many lines. */
  private void killAt(int lines, Process process) throws Exception {
    Path journal = directory.resolve("killed/study/journal.log");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (process.isAlive()
        && (!Files.exists(journal) || Files.readAllLines(journal).size() < lines)) {
      assertThat(System.nanoTime()).as(log("killed")).isLessThan(deadline);
      Thread.sleep(5);
    }
    assertThat(process.isAlive()).as("ended before it could be killed: %s", log("killed")).isTrue();
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

  private String log(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".log"));
  }

  private Process start(String log, String... arguments) throws IOException {
    String[] spark = {"--driver-memory", "1g", "--conf", SHORT_LEASE};
    return SubmitProcess.start(directory.resolve(log + ".log").toFile(), with(spark, arguments));
  }
}
