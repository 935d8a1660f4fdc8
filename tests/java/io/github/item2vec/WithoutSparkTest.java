package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.job.publish.PublishedIdsFixture;
import io.github.item2vec.redis.RedisFixture;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.layout.ValueLayout;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that start no Spark, each in a JVM of its own that says which classes it loads. */
final class WithoutSparkTest extends RedisFixture {
  private static EmbeddedRedis redis;

  @TempDir static Path output;

  @BeforeAll
  static void publish() {
    redis = EmbeddedRedis.startFromArtifact();
    for (int version = 0; version < 2; version++) {
      writer(redis.target(), ValueLayout.LIST_TEXT, lists(40, version, 5)).save();
    }
    PublishedIdsFixture.write(spark, output, 40, CATALOGUE);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generations",
        "verify",
        "show",
        "prune",
        "--version",
        "--help",
        "show --help",
        "completion"
      })
  void noSparkIsStarted(String words) throws Exception {
    List<String> command = new ArrayList<>(List.of(words.split(" ", -1)));
    if (!words.contains("--") && !words.equals("completion")) {
      command.addAll(List.of("--redis", address(), "--output", output.toString()));
    }
    if (words.equals("show")) {
      command.addAll(List.of("--user", "7"));
    }
    Outcome outcome = run(List.of(), command);
    assertThat(outcome.code()).as(outcome.text()).isZero();
    outcome.loadedNoSpark();
    switch (words) {
      case "show" ->
          assertThat(outcome.said()).hasSize(5).first().asString().contains(items(7, 1, 5).get(0));
      case "verify" -> assertThat(outcome.said()).contains("list-text: all 40 lists are there");
      case "generations" -> assertThat(outcome.said()).hasSize(3);
      default -> assertThat(outcome.said()).isNotEmpty();
    }
  }

  @Test
  void aFailureIsTheExitCode() throws Exception {
    Outcome noUser =
        run(
            List.of(),
            List.of("show", "--redis", address(), "--output", output.toString(), "--user", "99"));
    assertThat(noUser.code()).isEqualTo(3);
    assertThat(noUser.text()).contains("no user '99'");
    noUser.loadedNoSpark();

    Outcome once =
        run(List.of(), List.of("rollback", "--redis", address(), "-D", "publish.prefix=x:"));
    assertThat(once.code()).isEqualTo(4);
    assertThat(once.text()).contains("nothing is published");
    once.loadedNoSpark();
  }

  /** As spark-submit reads it; what the command line says wins. */
  @Test
  void theServerMayBeThatOfSparksDefaults() throws Exception {
    Path defaults = Files.createTempFile(output, "spark", ".conf");
    Files.writeString(
        defaults,
        "# the server\nspark.redis.host   nowhere.invalid\nspark.redis.port %d \n"
            .formatted(redis.target().port()));
    Outcome outcome =
        run(
            List.of("-Ditem2vec.spark-defaults=" + defaults, "-Dspark.redis.host=127.0.0.1"),
            List.of("generations"));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertThat(outcome.said()).hasSizeGreaterThan(1);
  }

  private static String address() {
    return "127.0.0.1:" + redis.target().port();
  }

  private static Outcome run(List<String> settings, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:class+load", "-XX:TieredStopAtLevel=1"));
    command.addAll(settings);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WithoutSpark.class.getName());
    command.addAll(words);
    File log = Files.createTempFile(output, "log", ".txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    int code = process.waitFor();
    return new Outcome(code, Files.readString(log.toPath(), StandardCharsets.UTF_8));
  }

  private record Outcome(int code, String text) {
    private static final String LOADED = "class,load";

    List<String> said() {
      return lines(false).toList();
    }

    void loadedNoSpark() {
      assertThat(lines(true)).anyMatch(line -> line.contains("picocli.CommandLine "));
      assertThat(lines(true))
          .noneMatch(line -> line.matches(".* org\\.apache\\.spark\\.(SparkContext|SparkEnv) .*"))
          .noneMatch(line -> line.matches(".* org\\.apache\\.spark\\.sql\\..*"));
    }

    private Stream<String> lines(boolean loaded) {
      return text.lines()
          .filter(line -> line.contains(LOADED) == loaded)
          .filter(line -> !line.contains("WARN"));
    }
  }
}
