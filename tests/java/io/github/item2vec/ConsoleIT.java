package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.job.console.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All that a run shows, in a pipe and on a terminal of 80 columns, letter by letter. What differs
 * from run to run is replaced first: each time of day by HH:MM:SS, seconds by N, with the blanks
 * before them, Spark's version, and the directory of an absolute path; lines of progress, which
 * come by the clock, are dropped. When a change is meant, copy the files of target/console/ to
 * tests/resources/console/.
 */
class ConsoleIT {
  /** A fixed place: lines are cut where a path is long. */
  private static final Path DIRECTORY = Path.of("target/console");

  @Test
  void inAPipe() throws Exception {
    isAsIn("pipe.txt", run(Map.of()).lines().toList());
  }

  @Test
  void onATerminal() throws Exception {
    String bytes = run(Map.of("ITEM2VEC_TERMINAL", "80", "TERM", "xterm", "NO_COLOR", ""));
    isAsIn("terminal.txt", Screen.lines(bytes));
  }

  private static void isAsIn(String file, List<String> lines) throws IOException {
    List<String> shown =
        lines.stream()
            .filter(line -> !line.matches("\\S+ train +epoch .*|first run .*"))
            .filter(line -> !line.matches(" {11}[a-z]+ [\\d.]+(, [a-z]+ [\\d.]+)*,?")) // of "time"
            .map(ConsoleIT::withoutWhatDiffers)
            .toList();
    Path actual = DIRECTORY.resolve(file);
    Files.writeString(actual, String.join("\n", shown).stripTrailing() + "\n");
    assertThat(Files.readString(actual))
        .isEqualTo(Files.readString(Path.of("tests/resources/console", file)));
  }

  private static String withoutWhatDiffers(String line) {
    return line.replace(DIRECTORY.toAbsolutePath().toString(), "DIR")
        .replaceAll("^\\d\\d:\\d\\d:\\d\\d", "HH:MM:SS")
        .replaceAll("Spark \\d+\\.\\d+\\.\\d+", "Spark N")
        .replaceAll("^(time +).*", "$1N")
        .replaceAll(" *[\\d,]+\\.\\d s\\b", " N s")
        // of the table of intervals the seconds of training
        .replaceAll("^((?:item2vec|popularity) .*\\)) +[\\d.]+ ( *[\\d.]+)", "$1 N $2");
  }

  private static String run(Map<String, String> environment) throws Exception {
    Files.createDirectories(DIRECTORY);
    Path log = DIRECTORY.resolve("log");
    List<String> command =
        List.of(
            "./submit.sh",
            "run",
            "--input",
            ratings().toString(),
            "--output",
            DIRECTORY.resolve("out").toString(),
            "-D",
            "training.max-iter=3",
            "-D",
            "training.min-count=1",
            "-D",
            "report.users=3");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeAll(List.of("ITEM2VEC_TERMINAL", "REDIS_PASSWORD"));
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    String text = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    return text;
  }

  private static Path ratings() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int user = 0; user < 60; user++) {
      for (int i = 0; i < 25; i++) {
        rows.add("%d\t%d\t%d\t%d".formatted(user, (user * 7 + i * i) % 80, 3 + i % 3, 1000 + i));
      }
    }
    return Files.write(DIRECTORY.resolve("u.data"), rows);
  }
}
