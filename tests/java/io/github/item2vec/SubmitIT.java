package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The front door as a user opens it: submit.sh in a process of its own. */
class SubmitIT {
  @TempDir Path directory;

  @Test
  void helpIsNoFailure() throws Exception {
    Outcome outcome = submit("--help");

    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertThat(outcome.text()).contains("run", "demo", "generate", "show", "Exit codes");
  }

  @Test
  void anUnknownKeyIsTwo() throws Exception {
    Outcome outcome = submit("run", "-D", "training.vectorsize=3");

    assertThat(outcome.code()).as(outcome.text()).isEqualTo(2);
    assertThat(outcome.text()).contains("did you mean 'training.vector-size'");
  }

  @Test
  void anUnknownOptionIsTwo() throws Exception {
    assertThat(submit("run", "--inptu", "x").code()).isEqualTo(2);
  }

  @Test
  void missingInputIsThree() throws Exception {
    Outcome outcome =
        submit("run", "--input", directory.resolve("nothing").toString(), "--output", out());

    assertThat(outcome.code()).as(outcome.text()).isEqualTo(3);
    assertThat(Files.readString(Path.of(out(), "run.json"))).contains("\"FAILED\"", "nothing");
  }

  @Test
  void absentRedisIsFourBeforeAnyTraining() throws Exception {
    Path ratings = Files.writeString(directory.resolve("u.data"), "1\t1\t5\t1\n");
    Outcome outcome =
        submit("run", "--input", ratings.toString(), "--output", out(), "--redis", "127.0.0.1:1");

    assertThat(outcome.code()).as(outcome.text()).isEqualTo(4);
    assertThat(outcome.text()).contains("127.0.0.1:1").doesNotContain("train ");
  }

  @Test
  void generateThenRunThroughLocalCores() throws Exception {
    String ratings = directory.resolve("ratings").toString();
    Outcome generated =
        submit(
            "generate", "--output=" + ratings, "--users", "60", "--items", "80", "--rows", "2000");
    assertThat(generated.code()).as(generated.text()).isZero();
    Outcome again = submit("generate", "--output", ratings);
    assertThat(again.code()).as(again.text()).isEqualTo(2);
    assertThat(again.text()).contains("is not empty");

    Outcome outcome =
        submit(
            "run",
            "--master",
            "local[2]",
            "--conf",
            "spark.sql.shuffle.partitions=3",
            "--input",
            ratings,
            "--output",
            out(),
            "--redis",
            "embedded",
            "-D",
            "training.max-iter=1");

    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertThat(Files.readString(Path.of(out(), "run.json"))).contains("\"SUCCEEDED\"");
    assertThat(outcome.text()).contains("map@10", "popularity");
  }

  private String out() {
    return directory.resolve("out").toString();
  }

  private Outcome submit(String... arguments) throws IOException, InterruptedException {
    Path log = Files.createTempFile(directory, "submit", ".log");
    Process process = SubmitProcess.start(log.toFile(), arguments);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("finished in time").isTrue();
    return new Outcome(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
  }

  private record Outcome(int code, String text) {}
}
