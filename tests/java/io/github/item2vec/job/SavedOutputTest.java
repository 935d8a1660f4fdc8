package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedList;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Republication;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.train.Item2VecModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run's output, in a directory with a hostile name; read back, and damaged in many ways. */
class SavedOutputTest extends SparkTest {
  private static final String NAME = "o[1]*{a,b}? \\x %20";

  @TempDir Path directory;

  /** What is done to a copy of the output. */
  @FunctionalInterface
  private interface Damage {
    void to(Path output) throws IOException;
  }

  @Test
  void isTakenLiterallyAndPublishedWholeOrNotAtAll() throws IOException {
    Path output = directory.resolve(NAME);
    PlantedInput.write(spark, 60, 80, 2_000, 7, directory.resolve("ratings").toString());
    Item2VecJob.run(
        spark, config(), Optional.empty(), Optional.empty(), output.toString(), "the first");
    copy(output, directory.resolve("o1")); // what the name matches when it is taken for a pattern
    Item2VecJob.run(
        spark, config(), Optional.empty(), Optional.empty(), output.toString(), "the second");
    assertThat(names(output))
        .containsExactly(
            ".run", "model", "recommendations", "report.html", "run.json", "user-metrics");
    assertThat(names(output.resolve(".run"))).containsExactly("2.lease");

    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Optional<RedisTarget> target = Optional.of(redis.target());
      damagedOutputsAreRefused(output, target);
      assertThat(PublishedOperations.list(config().publish(), target)).doesNotContain("the ");

      assertThat(Republication.publish(spark, config().publish(), target, output.toString()))
          .contains("list-text: 60 users", "indexed: 60 users");
      assertThat(
              PublishedOperations.verifyContents(
                  spark, config().publish(), target, output.toString()))
          .contains("list-text: all 60 lists of", "indexed: all 60 lists of");
      assertThat(
              PublishedList.read(
                  spark.sessionState().newHadoopConf(),
                  redis.target(),
                  ValueLayout.LIST_TEXT,
                  "recs:",
                  output.toString(),
                  "1"))
          .hasSize(9);
      aMappingThatIsDamagedIsRefused(output, target);
    }
    Item2VecModel model =
        (Item2VecModel) Trainer.load(spark, output.resolve("model").toString()).model();
    assertThat(model.items()).hasSize(79); // one occurs too rarely
  }

  private void damagedOutputsAreRefused(Path output, Optional<RedisTarget> target)
      throws IOException {
    refused(output, target, "a part removed", o -> Files.delete(part(o, "recommendations")));
    refused(output, target, "flipped", o -> flip(part(o, "recommendations")));
    refused(output, target, "truncated", o -> truncate(part(o, "recommendations"), 0.6));
    refused(output, target, "an empty part", o -> truncate(part(o, "recommendations"), 0));
    refused(
        output, target, "no _SUCCESS", o -> Files.delete(o.resolve("recommendations/_SUCCESS")));
    refused(
        output, target, "no lists", o -> Files.move(o.resolve("recommendations"), o.resolve("x")));
    refused(output, target, "the model's part removed", o -> Files.delete(part(o, "model/data")));
    refused(output, target, "the model flipped", o -> flip(part(o, "model/data")));
    refused(output, target, "no metadata", o -> Files.delete(part(o, "model/metadata")));
    refused(
        output,
        target,
        "another run's lists",
        o -> {
          Files.move(o.resolve("recommendations"), o.resolve("x"));
          copy(directory.resolve("o1/recommendations"), o.resolve("recommendations"));
          Files.delete(part(o, "recommendations"));
        });
    Path old = directory.resolve("old");
    copy(output, old);
    Files.writeString(
        old.resolve("run.json"),
        Files.readString(old.resolve("run.json")).replace("\"saved\"", "\"other\""));
    assertThat(Republication.forecast(spark, config().publish(), old.toString()))
        .contains("60 lists");
  }

  private void refused(Path output, Optional<RedisTarget> target, String what, Damage damage)
      throws IOException {
    Path copy = directory.resolve(what);
    copy(output, copy);
    damage.to(copy);
    Throwable failure =
        catchThrowable(
            () -> Republication.publish(spark, config().publish(), target, copy.toString()));
    assertThat(failure).as(what).isNotNull();
    assertThat(Failure.exitCode(failure)).as(what + ": " + failure).isEqualTo(3);
    assertThat(Failure.message(failure).lines()).as(what).hasSize(1);
    assertThat(Failure.message(failure)).as(what).contains(copy.toString(), "restore it, or ");
  }

  private void aMappingThatIsDamagedIsRefused(Path output, Optional<RedisTarget> target)
      throws IOException {
    truncate(part(output, "ids/users"), 0.5);
    assertThatThrownBy(
            () ->
                PublishedList.read(
                    spark.sessionState().newHadoopConf(),
                    target.orElseThrow(),
                    ValueLayout.LIST_TEXT,
                    "recs:",
                    output.toString(),
                    "1"))
        .hasMessageContaining("ids/users is missing or damaged")
        .satisfies(failure -> assertThat(Failure.exitCode(failure)).isEqualTo(3));
  }

  @Test
  void aPathThatNoFileSystemTakesIsRefusedAtTheDoor() {
    for (String path : List.of("a:b", "nosuch://x/y")) {
      assertThatThrownBy(() -> Item2VecJob.run(spark, config(), Optional.empty(), path))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("--output " + path);
    }
  }

  private JobConfig config() {
    return ConfigLoader.load(
            List.of(),
            List.of(
                "input.path=" + directory.resolve("ratings"),
                "training.vector-size=8",
                "training.max-iter=1",
                "recommend.k=9",
                "publish.layout=list-text,indexed"))
        .jobConfig();
  }

  /** The first file of a table, without its checksum. */
  private static Path part(Path output, String table) throws IOException {
    try (Stream<Path> files = Files.list(output.resolve(table))) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().startsWith("part-"))
              .sorted()
              .findFirst()
              .orElseThrow();
      Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
      return part;
    }
  }

  /** Of the values, which stand at the beginning, not of the footer. */
  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 40; i < 80; i++) {
      bytes[i] ^= 0x10;
    }
    Files.write(file, bytes);
  }

  private static void truncate(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, (int) (share * bytes.length)));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(all::add);
    }
    for (Path file : all) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }
}
