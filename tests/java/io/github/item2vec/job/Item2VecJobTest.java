package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.job.publish.PublishedList;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Republication;
import io.github.item2vec.job.run.GateException;
import io.github.item2vec.job.run.Published;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Seq;

/** The whole job, on small ratings and, when it is there, on ML-100k; into a real Redis. */
class Item2VecJobTest extends SparkTest {
  @TempDir Path directory;

  @Test
  void aRunLeavesModelListsIdsAndManifest() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      RunRecord run = run(Optional.of(redis.target()), planted(), "publish.layout=list-text");

      assertThat(json()).contains("\"status\" : \"SUCCEEDED\"").contains("\"map-normalized@10\"");
      assertThat(RunFields.of(json())).containsExactlyElementsOf(RunFields.pinned());
      Published.Layout published = run.publish().all().get(0);
      assertThat(published.layout()).isEqualTo("list-text");
      assertThat(published.users()).isEqualTo(60);
      assertThat(run.timings())
          .containsKeys("read", "split", "train", "recommend", "evaluate", "publish");
      assertThat(out().resolve("model")).exists();
      String report = Files.readString(out().resolve("report.html"));
      assertThat(report.substring(report.indexOf("id=\"data\"")).lines().findFirst().orElseThrow())
          .contains("SUCCEEDED", "map-normalized@10", "popularity")
          .contains(
              "\"longTail\":{\"items\":80", "\"nearest\":[[", "\"latest\":[", "\"forecast\":[");
      assertThat(run.training().epochs()).isEqualTo(2);
      assertThat(gauge("rows")).isEqualTo(run.input().rows());
      assertThat(gauge("epoch")).isEqualTo(2);
      assertThat(gauge("loss")).isEqualTo(run.training().losses().get(1));
      assertThat(gauge("usersPublished")).isEqualTo(60L);
      assertThat(gauge("redisErrors")).isEqualTo(0L);
      Row list = spark.read().parquet(out().resolve("recommendations").toString()).first();
      assertThat(
              PublishedList.read(
                  spark.sessionState().newHadoopConf(),
                  redis.target(),
                  ValueLayout.LIST_TEXT,
                  "recs:",
                  out().toString(),
                  list.getString(0)))
          .isEqualTo(list.<String>getList(1));
    }
  }

  /** What Spark's sinks see of the last run. */
  private static Object gauge(String name) {
    Seq<Source> sources = SparkEnv.get().metricsSystem().getSourcesByName("item2vec");
    assertThat(sources.size()).isEqualTo(1);
    return sources.head().metricRegistry().getGauges().get(name).getValue();
  }

  @Test
  void whatARunHasSavedIsPublishedLaterAndOnlyOnce() {
    run(Optional.empty(), planted());
    Publish config =
        settings("publish.layout=list-text,bucketed", "publish.hash-max-listpack-value=256")
            .publish();
    String output = out().toString();
    assertThat(Republication.forecast(spark, config, output))
        .contains("60 lists of 79 of 80 items", "list-text", "bucketed");
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Optional<RedisTarget> target = Optional.of(redis.target());
      assertThat(Republication.publish(spark, config, target, output))
          .contains("list-text: 60 users", "bucketed: 60 users");
      String generations = PublishedOperations.list(config, target);
      Republication.publish(spark, config, target, output);
      assertThat(PublishedOperations.list(config, target)).isEqualTo(generations);
      assertThat(PublishedOperations.verifyContents(spark, config, target, output))
          .contains("list-text: all 60 lists of", "bucketed: all 60 lists of");

      run(target, planted(), "publish.layout=list-text", "recommend.k=7"); // another output
      run(Optional.empty(), planted(), "recommend.k=9");
      assertThatThrownBy(() -> PublishedOperations.verifyContents(spark, config, target, output))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("other lists");
    }
    assertThatThrownBy(() -> Republication.forecast(spark, config, directory.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("run.json");
  }

  /** As in {@code recommend.leave-out}; the last users like nothing. */
  @Test
  void nothingThatAUserHasRatedBeforeTheTestPartIsRecommended() throws IOException {
    StringBuilder rows = new StringBuilder();
    Random random = new Random(11);
    Map<String, Set<String>> rated = new HashMap<>();
    for (int user = 0; user < 80; user++) {
      Set<String> items = rated.computeIfAbsent("u" + user, u -> new HashSet<>());
      for (int i = 0; i < 40; i++) { // the last three rows are the test part
        int rating = user >= 75 ? 1 + i % 3 : i < 37 ? 1 + random.nextInt(5) : 5;
        String item = "i" + random.nextInt(120);
        if (i < 37 && items.add(item)) {
          rows.append("u%d\t%s\t%d\t%d%n".formatted(user, item, rating, i));
        }
      }
      for (int i = 0; i < 3 && user < 75; i++) {
        rows.append("u%d\tt%d\t5\t%d%n".formatted(user, i, 100 + i));
      }
    }
    Path ratings = directory.resolve("rated.tsv");
    Files.writeString(ratings, rows.toString());
    for (String rule : List.of("rated", "liked", "none")) {
      RunRecord run =
          run(
              Optional.empty(),
              ratings.toString(),
              "recommend.leave-out=" + rule,
              "training.min-count=1");
      assertThat(run.leaveOut()).isEqualTo(rule);
      assertThat(run.input().usersWithoutKept()).isEqualTo(5);
      List<Row> lists =
          spark.read().parquet(out().resolve("recommendations").toString()).collectAsList();
      assertThat(lists).hasSize(80);
      long known =
          lists.stream()
              .mapToLong(
                  row ->
                      row.<String>getList(1).stream()
                          .filter(rated.get(row.getString(0))::contains)
                          .count())
              .sum();
      if (rule.equals("rated")) {
        assertThat(known).isZero();
      } else {
        assertThat(known).isPositive();
      }
    }
  }

  @Test
  void aServerWithoutRoomStopsTheJobBeforeTraining() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start("--maxmemory", "1200kb")) {
      assertThatThrownBy(() -> run(Optional.of(redis.target()), planted()))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("no room");
    }
    assertThat(json()).doesNotContain("metrics");
  }

  @Test
  void mllibGoesThroughTheSameChain() throws IOException {
    RunRecord run =
        run(Optional.empty(), planted(), "training.trainer=mllib-word2vec", "training.min-count=1");

    assertThat(run.metrics()).containsKey("map@10");
    assertThat(run.publish()).isEqualTo(Published.NOWHERE);
    assertThat(new ObjectMapper().readTree(json()).at("/publish/target").asText())
        .isEqualTo("none");
    assertThat(Word2VecModel.load(out().resolve("model").toString()).getVectorSize()).isEqualTo(8);
  }

  @Test
  void aFailedRunSaysSoInTheManifest() throws IOException {
    Path ratings = Files.writeString(directory.resolve("bad.data"), "1\tx\tgood\t1\n");

    assertThatThrownBy(() -> run(Optional.empty(), ratings.toString()))
        .isInstanceOf(BadInputException.class);
    assertThat(json()).contains("\"FAILED\"", "not-a-number").doesNotContain("metrics");
    assertThat(out().resolve("rejected")).exists();
  }

  @Test
  void anEmptyVocabularyIsAnInputError() {
    assertThatThrownBy(() -> run(Optional.empty(), planted(), "training.min-count=100000"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("100000");
  }

  @Test
  void absentRedisStopsBeforeReading() throws IOException {
    assertThatThrownBy(() -> run(Optional.of(RedisTarget.parse("127.0.0.1:1")), "/nowhere/u.data"))
        .isInstanceOf(RedisException.class);
    assertThat(json()).contains("\"FAILED\"", "\"exitCode\" : 4");
  }

  @Test
  void theGateRefusesABadModelAndWhatIsPublishedStays() throws IOException {
    String[] bad = {
      "training.step-size=0.0000001", "training.min-step-size=0", "training.max-iter=1"
    };
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Optional<RedisTarget> target = Optional.of(redis.target());
      PublishedGenerations published = new PublishedGenerations(redis.target(), "recs:");
      run(target, planted(), "training.max-iter=60", "evaluation.gate=popularity,published");
      String good = current(published);
      assertThat(published.quality(ValueLayout.LIST_TEXT).orElse(0)).isPositive();

      assertThatThrownBy(() -> run(target, planted(), with(bad, "evaluation.gate=popularity")))
          .isInstanceOf(GateException.class)
          .hasMessageContaining("below popularity's");
      assertThat(json()).contains("\"FAILED\"", "\"exitCode\" : 5", "\"refusals\"");
      assertThat(current(published)).isEqualTo(good);

      assertThatThrownBy(() -> run(target, planted(), with(bad, "evaluation.gate=published")))
          .isInstanceOf(GateException.class)
          .hasMessageContaining("more than 5 % below")
          .hasMessageContaining("published as list-text");
      assertThat(current(published)).isEqualTo(good);

      RunRecord overridden =
          run(
              target,
              planted(),
              with(bad, "evaluation.gate=published", "evaluation.gate-override=true"));
      assertThat(overridden.gate().overridden()).isTrue();
      assertThat(current(published)).isNotEqualTo(good);
    }
  }

  private static String current(PublishedGenerations published) {
    return published.list().stream()
        .filter(PublishedGenerations.Entry::current)
        .map(PublishedGenerations.Entry::id)
        .findFirst()
        .orElseThrow();
  }

  private static String[] with(String[] settings, String... more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void oneUserOneItemAndAListLongerThanTheCatalogue() throws IOException {
    Path ratings =
        Files.writeString(
            directory.resolve("tiny.data"),
            "u\ta\t5\t1\nu\tb\t5\t2\nu\tc\t5\t3\nu\td\t5\t4\nu\te\t5\t5\n");

    RunRecord run = run(Optional.empty(), ratings.toString(), "training.min-count=1");

    assertThat(run.users().evaluated()).isEqualTo(1);
    assertThat(run.metrics()).containsEntry("hitrate@10", 0.0);
  }

  @Test
  void ownIdTablesAreUsedAndChecked() throws IOException {
    Path ratings =
        Files.writeString(
            directory.resolve("u.data"),
            "u 1\ta\t5\t1\nu 1\tb\t5\t2\nü:2\ta\t5\t3\nü:2\tc\t5\t4\n");
    String uuid = "00000000-0000-4000-8000-00000000000";
    Path users =
        Files.writeString(
            directory.resolve("users.csv"), "id,uuid\nu 1," + uuid + "1\nü:2," + uuid + "2\n");
    String[] settings = {
      "split.test=1", "training.min-count=1", "publish.user-ids=" + users, "recommend.k=5"
    };
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      run(Optional.of(redis.target()), ratings.toString(), settings);
      assertThat(
              spark
                  .read()
                  .parquet(out().resolve("ids/users").toString())
                  .orderBy("uuid")
                  .collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("u 1", "ü:2");

      Files.writeString(users, "id,uuid\nu 1," + uuid + "1\n");
      assertThatThrownBy(() -> run(Optional.of(redis.target()), ratings.toString(), settings))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("publish.user-ids")
          .hasMessageContaining("ü:2");
    }
  }

  @Test
  void ml100kCountsAsTheReferenceNotebook() throws IOException {
    String ratings = System.getenv("ITEM2VEC_ML100K");
    assumeThat(ratings).as("ITEM2VEC_ML100K names MovieLens 100K's u.data").isNotNull();
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      RunRecord run =
          run(
              Optional.of(redis.target()),
              ratings,
              "input.order=file",
              "training.architecture=skip-gram",
              "training.vector-size=64",
              "training.negative=16",
              "training.min-count=3",
              "training.ns-exponent=-0.1403872646315225",
              "training.max-iter=10",
              "publish.layout=list-text,list-binary");

      assertThat(run.input().rows()).isEqualTo(100_000);
      assertThat(run.input().kept()).isEqualTo(55_375);
      assertThat(run.input().users()).isEqualTo(942);
      assertThat(run.input().items()).isEqualTo(1_447);
      assertThat(run.split().usersWithoutContext()).isEqualTo(3);
      assertThat(run.metrics().get("map@10")).isGreaterThan(0.028);
      assertThat(run.metrics().get("hitrate@10")).isGreaterThan(0.46);
      double text = run.publish().all().get(0).bytes();
      double binary = run.publish().all().get(1).bytes();
      assertThat(binary / text).isLessThanOrEqualTo(0.53);
    }
  }

  private String planted() {
    Path ratings = directory.resolve("ratings");
    if (!Files.exists(ratings)) {
      PlantedInput.write(spark, 60, 80, 2_000, 7, ratings.toString());
    }
    return ratings.toString();
  }

  private RunRecord run(Optional<RedisTarget> target, String input, String... settings) {
    List<String> overrides =
        new ArrayList<>(
            List.of("input.path=" + input, "training.vector-size=8", "training.max-iter=2"));
    overrides.addAll(List.of(settings));
    JobConfig config = settings(overrides.toArray(String[]::new));
    return Item2VecJob.run(spark, config, target, out().toString()).record();
  }

  private static JobConfig settings(String... overrides) {
    return ConfigLoader.load(List.of(), List.of(overrides)).jobConfig();
  }

  private Path out() {
    return directory.resolve("out");
  }

  private String json() throws IOException {
    return Files.readString(out().resolve("run.json"));
  }
}
