package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped while it saves, the run that takes its output over, and what is left. */
class OutputTakenOverIT {
  @TempDir Path directory;

  @Test
  void aRunThatSleptInSaveLeavesNothing() throws Exception {
    Path ratings = ratings();
    File log = directory.resolve("a.log").toFile();
    Process a = submit(log, "a", ratings);
    try {
      while (!Files.readString(log.toPath()).contains(" save  ")) {
        assertThat(a.isAlive()).as(Files.readString(log.toPath())).isTrue();
        Thread.sleep(5);
      }
      signal(a, "-STOP");
      assertThat(Files.readString(out().resolve("run.json"))).contains("\"RUNNING\"");

      File second = directory.resolve("b.log").toFile();
      Process b = submit(second, "b", ratings);
      assertThat(b.waitFor(15, TimeUnit.MINUTES)).isTrue();
      assertThat(b.exitValue()).as(Files.readString(second.toPath())).isZero();
      List<String> files = files();

      signal(a, "-CONT");
      assertThat(a.waitFor(5, TimeUnit.MINUTES)).isTrue();
      String words = Files.readString(log.toPath());
      assertThat(a.exitValue()).as(words).isEqualTo(6);
      assertThat(words).contains("is no longer this run's: run 'b' has taken it over");
      assertThat(Files.readString(out().resolve("run.json")))
          .contains("\"runId\" : \"b\"", "SUCCEEDED");
      assertThat(files()).isEqualTo(files);

      File third = directory.resolve("check.log").toFile();
      Process check = submit(third, "publish", "--dry-run", "--output", out().toString());
      assertThat(check.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(check.exitValue()).as(Files.readString(third.toPath())).isZero();
    } finally {
      a.destroyForcibly();
    }
  }

  private Path ratings() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int user = 0; user < 200; user++) {
      for (int i = 0; i < 8; i++) {
        rows.append("%d\t%d\t5\t%d%n".formatted(user, (user * 7 + i * i) % 200, i + 1));
      }
    }
    return Files.writeString(directory.resolve("u.data"), rows);
  }

  private Path out() {
    return directory.resolve("out");
  }

  private Process submit(File log, String run, Path ratings) throws IOException {
    return submit(
        log,
        "run",
        "--input",
        ratings.toString(),
        "--output",
        out().toString(),
        "--run-id",
        run,
        "--redis",
        "none",
        "-D",
        "training.max-iter=1",
        "-D",
        "training.vector-size=8",
        "-D",
        "report.users=3");
  }

  /** As submit.sh starts it, from the classes of this JVM. */
  private static Process submit(File log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(
        List.of(
            "@conf/jvm.options",
            "-Xmx1g",
            "--add-modules",
            "jdk.incubator.vector",
            "-Dspark.master=local[2]",
            "-XX:TieredStopAtLevel=1",
            "-Dspark.ui.enabled=false",
            "-Dspark.sql.shuffle.partitions=1",
            "-Dspark.hadoop.item2vec.output.lease=4s",
            "-cp",
            System.getProperty("java.class.path"),
            "org.apache.spark.deploy.SparkSubmit",
            "--class",
            "io.github.item2vec.Main",
            "spark-internal"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  /** All that can be seen, with sizes and times. */
  private List<String> files() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(out())) {
      for (Path file : all.filter(f -> !f.startsWith(out().resolve(".run"))).sorted().toList()) {
        found.add("%s %s".formatted(file, Files.getLastModifiedTime(file)));
      }
    }
    found.removeIf(line -> line.startsWith(out() + " "));
    return found;
  }
}
