package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Republication;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code publish.similar-items}, from the ratings to what readers get, and from a saved output. */
class SimilarItemsRunTest extends SparkTest {
  private static final int K = 7;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.architecture=basket",
        "training.architecture=skip-gram",
        "training.architecture=cbow",
        "training.trainer=mllib-word2vec"
      })
  void readersGetWhatABruteForceFinds(String trainer) throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      RunManifest run = run("out", redis.target(), "publish.similar-items=" + K, trainer);
      ItemVectors vectors = Trainer.load(spark, path("out/model")).vectors();
      assertThat(run.record().similarItems().items()).isEqualTo(vectors.size());
      assertThat(Summary.of(run)).contains("similar items of %,d items".formatted(vectors.size()));
      for (ValueLayout layout : ValueLayout.values()) {
        PublishedGenerations published = new PublishedGenerations(redis.target(), "recs:");
        for (int place = 0; place < vectors.size(); place++) {
          String item = vectors.item(place);
          UUID uuid = IdMapping.items().uuid(item);
          assertNearest(vectors, item, published.similar(layout, uuid));
        }
      }
    }
  }

  /** The literal twin: all cosines in double precision, sorted. */
  private static void assertNearest(ItemVectors vectors, String item, List<UUID> found) {
    List<String> others = new ArrayList<>();
    IntStream.range(0, vectors.size())
        .mapToObj(vectors::item)
        .filter(other -> !other.equals(item))
        .forEach(others::add);
    others.sort(
        Comparator.comparingDouble((String other) -> -cosine(vectors, item, other))
            .thenComparing(Comparator.naturalOrder()));
    assertThat(found).hasSize(Math.min(K, others.size())).doesNotHaveDuplicates();
    for (int rank = 0; rank < found.size(); rank++) {
      UUID at = found.get(rank);
      String expected = others.get(rank);
      String name =
          others.stream()
              .filter(o -> IdMapping.items().uuid(o).equals(at))
              .findFirst()
              .orElseThrow();
      double cosine = cosine(vectors, item, expected);
      assertThat(cosine(vectors, item, name)).as(item).isEqualTo(cosine, within(1e-6));
      boolean near =
          (rank > 0 && cosine(vectors, item, others.get(rank - 1)) - cosine < 1e-6)
              || cosine - cosine(vectors, item, others.get(rank + 1)) < 1e-6;
      if (!near) { // by float and by double the order may differ
        assertThat(name).isEqualTo(expected);
      }
    }
  }

  private static double cosine(ItemVectors vectors, String a, String b) {
    float[] x = vectors.context(a);
    float[] y = vectors.context(b);
    double product = 0;
    double xx = 0;
    double yy = 0;
    for (int d = 0; d < x.length; d++) {
      product += (double) x[d] * y[d];
      xx += (double) x[d] * x[d];
      yy += (double) y[d] * y[d];
    }
    return xx == 0 || yy == 0 ? 0 : product / Math.sqrt(xx * yy);
  }

  @Test
  void aSavedOutputIsPublishedWithThem() throws IOException {
    run("with", null, "publish.similar-items=" + K, "recommend.denied=" + denied("1"));
    run("without", null);
    assertThat(names("with")).contains("similar");
    assertThat(names("without")).doesNotContain("similar");
    JobConfig config = config("publish.similar-items=" + K);
    String output = path("with");
    assertThat(Republication.forecast(spark, config.publish(), output))
        .contains("similar items 1,585 bytes  *", "and 50 of 7 similar items");
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Optional<RedisTarget> target = Optional.of(redis.target());
      assertThat(Republication.publish(spark, config.publish(), target, output))
          .contains("similar items of ");
      assertThat(PublishedOperations.verifyContents(spark, config.publish(), target, output))
          .contains("bucketed: the similar items of all ", "are there, and the similar items of ");
      String shown =
          ShownList.similar(spark.sessionState().newHadoopConf(), config, target, output, "1");
      assertThat(shown.lines()).hasSize(K);
      Set<String> recommended = new HashSet<>();
      spark
          .read()
          .parquet(path("with/similar"))
          .collectAsList()
          .forEach(row -> recommended.addAll(row.getList(1)));
      assertThat(recommended).hasSizeGreaterThan(20).doesNotContain("1");

      refused(target, "with", K + 1, "has saved 7 per item");
      refused(target, "without", K, "has saved no similar items; run again with that setting");
      JobConfig off = config();
      assertThat(Republication.publish(spark, off.publish(), target, path("without")))
          .doesNotContain("similar items");
      assertThatThrownBy(
              () ->
                  ShownList.similar(
                      spark.sessionState().newHadoopConf(), off, target, path("with"), "1"))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("holds no similar items: publish with publish.similar-items");

      JobConfig fewer = config("publish.similar-items=3", "publish.prefix=fewer:");
      Republication.publish(spark, fewer.publish(), target, output);
      assertThat(PublishedOperations.verifyContents(spark, fewer.publish(), target, output))
          .contains("list-text: the similar items of all ");
      assertThat(
              new PublishedGenerations(redis.target(), "fewer:")
                  .similar(ValueLayout.INDEXED, IdMapping.items().uuid("1")))
          .hasSize(3);

      Path part = part("with/similar");
      Files.write(part, new byte[] {1, 2, 3});
      refused(target, "with", K, "with/similar is not what the run saved");
    }
  }

  private void refused(Optional<RedisTarget> target, String output, int k, String reason) {
    JobConfig config = config("publish.similar-items=" + k);
    assertThatThrownBy(() -> Republication.publish(spark, config.publish(), target, path(output)))
        .hasMessageContaining(reason)
        .satisfies(failure -> assertThat(Failure.exitCode(failure)).isEqualTo(3));
  }

  private RunManifest run(String output, RedisTarget target, String... more) throws IOException {
    if (Files.notExists(directory.resolve("ratings"))) {
      PlantedInput.write(spark, 60, 50, 2_000, 7, path("ratings"));
    }
    return Item2VecJob.run(spark, config(more), Optional.ofNullable(target), path(output));
  }

  private JobConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "input.path=" + directory.resolve("ratings"),
                "training.vector-size=8",
                "training.max-iter=2",
                "training.min-count=1",
                "recommend.k=9",
                "publish.hash-max-listpack-value=256",
                "publish.layout=list-text,list-binary,packed,indexed,bucketed"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(), settings).jobConfig();
  }

  private String denied(String item) throws IOException {
    return Files.writeString(directory.resolve("denied.txt"), item + "\n").toString();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private List<String> names(String output) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(output))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path part(String table) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(table))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
