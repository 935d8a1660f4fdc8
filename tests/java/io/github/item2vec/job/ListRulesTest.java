package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.job.run.RuleCounts;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
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
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recommend.eligible}, {@code denied} and {@code denied-per-user} in whole runs. */
class ListRulesTest extends SparkTest {
  private static final long SEED = 29;
  private static final int USERS = 60;
  private static final int ITEMS = 50;

  @TempDir Path directory;

  /** By user, the items liked, in order. */
  private final Map<String, List<String>> liked = new HashMap<>();

  private Path ratings;

  /** The last five users like nothing, and get popularity lists. */
  @BeforeEach
  void writeRatings() throws IOException {
    Random random = new Random(SEED);
    StringBuilder rows = new StringBuilder();
    for (int user = 0; user < USERS; user++) {
      Set<Integer> items = new HashSet<>();
      for (int time = 0; time < 20; time++) {
        int item = (int) (ITEMS * Math.pow(random.nextDouble(), 2));
        int rating = user < USERS - 5 ? 5 : 1;
        if (items.add(item)) {
          rows.append("u%d\ti%d\t%d\t%d%n".formatted(user, item, rating, time));
          if (rating == 5) {
            liked.computeIfAbsent("u" + user, u -> new ArrayList<>()).add("i" + item);
          }
        }
      }
    }
    ratings = Files.writeString(directory.resolve("ratings.tsv"), rows);
  }

  @Test
  void listsAreThoseOfARunWithoutRulesMinusWhatTheRulesForbid() throws IOException {
    Random random = new Random(SEED + 1);
    Set<String> eligible = new TreeSet<>(List.of("nowhere", "neither"));
    Set<String> denied = new TreeSet<>(List.of("unknown"));
    Map<String, Set<String>> perUser = new HashMap<>();
    IntStream.range(0, ITEMS)
        .filter(i -> random.nextInt(3) > 0)
        .forEach(i -> eligible.add("i" + i));
    IntStream.range(0, ITEMS).filter(i -> random.nextInt(8) == 0).forEach(i -> denied.add("i" + i));
    for (int user = 0; user < USERS + 2; user += 2) { // u60 is nobody
      for (int i = 0; i < 6; i++) {
        perUser
            .computeIfAbsent("u" + user, u -> new TreeSet<>())
            .add("i" + random.nextInt(ITEMS + 1));
      }
    }
    StringBuilder pairs = new StringBuilder("user,item\n");
    perUser.forEach((user, items) -> items.forEach(item -> pairs.append(user + "," + item + "\n")));
    String table = directory.resolve("denied").toString();
    spark.createDataset(List.copyOf(denied), Encoders.STRING()).toDF("item").write().parquet(table);
    String[] rules = {
      "recommend.eligible=" + file("eligible.txt", String.join("\n", eligible)),
      "recommend.denied=" + table,
      "recommend.denied-per-user=" + file("pairs.csv", pairs.toString()),
      "recommend.k=12",
      "evaluation.baselines=popularity,ease,transitions"
    };

    run("all", Optional.empty(), "recommend.k=" + ITEMS);
    Map<String, List<String>> all = lists("all");
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      RunManifest run = run("ruled", Optional.of(redis), rules);
      Map<String, List<String>> ruled = lists("ruled");
      assertThat(ruled).as("seed %d", SEED).hasSize(USERS);
      all.forEach(
          (user, items) ->
              assertThat(ruled.get(user))
                  .as("%s, seed %d", user, SEED)
                  .isEqualTo(
                      items.stream()
                          .filter(eligible::contains)
                          .filter(item -> !denied.contains(item))
                          .filter(item -> !perUser.getOrDefault(user, Set.of()).contains(item))
                          .limit(12)
                          .toList()));

      RuleCounts counts = run.record().rules();
      long permitted = eligible.stream().filter(item -> !denied.contains(item)).count() - 2;
      assertThat(counts.modelItems()).isEqualTo(ITEMS);
      assertThat(counts.items()).isEqualTo((int) permitted);
      assertThat(counts.eligible().ids()).isEqualTo(eligible.size());
      assertThat(counts.eligible().unknown()).isEqualTo(2);
      assertThat(counts.denied().unknown()).isEqualTo(1);
      assertThat(counts.deniedPerUser().users()).isEqualTo(perUser.size() - 1);
      assertThat(counts.deniedPerUser().unknownUsers()).isEqualTo(1);
      assertThat(counts.deniedPerUser().pairs())
          .isEqualTo(perUser.values().stream().mapToLong(Set::size).sum());
      assertThat(Summary.of(run))
          .contains("rules      %d of %d items may be recommended".formatted(permitted, ITEMS))
          .contains("2 unknown", "denied to 30 users, 1 users unknown");
      assertThat(run.record().publish().all().get(0).users()).isEqualTo(USERS);
      run.record()
          .baselines()
          .forEach(
              (name, metrics) ->
                  assertThat(metrics.get("coverage@10"))
                      .as(name)
                      .isBetween(1e-9, permitted / (double) ITEMS));
    }
    TreeSet<String> fields = new TreeSet<>(RunFields.of(json("ruled")));
    fields.removeIf(field -> !field.startsWith("rules."));
    assertThat(fields)
        .containsExactly(
            "rules.denied.ids number",
            "rules.denied.path string",
            "rules.denied.unknown number",
            "rules.deniedPerUser.items number",
            "rules.deniedPerUser.pairs number",
            "rules.deniedPerUser.path string",
            "rules.deniedPerUser.unknownItems number",
            "rules.deniedPerUser.unknownUsers number",
            "rules.deniedPerUser.users number",
            "rules.eligible.ids number",
            "rules.eligible.path string",
            "rules.eligible.unknown number",
            "rules.items number",
            "rules.modelItems number");
    assertThat(json("all")).doesNotContain("\"rules\"");
  }

  /** Whoever may not get the very items of the test part hits none, by whichever model. */
  @Test
  void theListsThatAreMeasuredFollowTheRules() throws IOException {
    StringBuilder pairs = new StringBuilder();
    liked.forEach(
        (user, items) ->
            items
                .subList(items.size() - 3, items.size())
                .forEach(item -> pairs.append(user + "\t" + item + "\n")));
    RunManifest free =
        run("free", Optional.empty(), "evaluation.baselines=popularity,ease,transitions");
    RunManifest run =
        run(
            "ruled",
            Optional.empty(),
            "evaluation.baselines=popularity,als,ease,transitions,mllib-word2vec",
            "recommend.denied-per-user=" + file("pairs.tsv", pairs.toString()));

    assertThat(free.record().metrics().get("hitrate@10")).isPositive();
    assertThat(run.record().metrics().get("hitrate@10")).isZero();
    assertThat(run.record().baselines()).hasSize(5);
    free.record()
        .baselines()
        .forEach((name, metrics) -> assertThat(metrics.get("hitrate@10")).as(name).isPositive());
    run.record()
        .baselines()
        .forEach((name, metrics) -> assertThat(metrics.get("hitrate@10")).as(name).isZero());
  }

  /** Most users know the one item that may be recommended. */
  @Test
  void whoeverHasNothingLeftIsNotPublished() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      RunManifest run =
          run(
              "one",
              Optional.of(redis),
              "recommend.eligible=" + file("one.txt", "i0"),
              "publish.layout=list-text,packed",
              "publish.hash-max-listpack-value=256");
      Map<String, List<String>> lists = lists("one");
      long some = lists.values().stream().filter(items -> !items.isEmpty()).count();
      assertThat(some).isBetween(1L, USERS - 1L);
      assertThat(lists.values()).allMatch(items -> List.of("i0").containsAll(items));
      assertThat(run.record().publish().all())
          .hasSize(2)
          .allMatch(layout -> layout.users() == some);
    }
  }

  @Test
  void rulesThatLeaveNothingOrCannotBeReadAreRefused() throws IOException {
    refused("recommend.eligible", file("far.txt", "I1\nI2\n"), "none of its 2 ids is an item of");
    refused("recommend.eligible", file("two.txt", "i1|a\ni2|b\n"), "one per line");
    refused("recommend.eligible", directory.resolve("none").toString(), "does not exist");
    String all = String.join("\n", IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList());
    refused("recommend.denied", file("all.txt", all), "nothing is left");
    refused("recommend.denied-per-user", file("pairs.csv", "user,item\nu1,\n"), "user and item");
    assertThat(json("refused")).contains("\"exitCode\" : 3").doesNotContain("\"metrics\"");
  }

  private void refused(String key, String path, String why) {
    assertThatThrownBy(() -> run("refused", Optional.empty(), key + "=" + path))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(key + " = " + path)
        .hasMessageContaining(why)
        .satisfies(failure -> assertThat(Failure.exitCode(failure)).isEqualTo(3));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private RunManifest run(String output, Optional<EmbeddedRedis> redis, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "input.path=" + ratings,
                "training.vector-size=8",
                "training.max-iter=2",
                "training.min-count=1",
                "report.users=2"));
    settings.addAll(List.of(more));
    return Item2VecJob.run(
        spark,
        ConfigLoader.load(List.of(), settings).jobConfig(),
        redis.map(EmbeddedRedis::target),
        directory.resolve(output).toString());
  }

  private Map<String, List<String>> lists(String output) {
    return OutputFixture.lists(spark, directory.resolve(output));
  }

  private String json(String output) throws IOException {
    return OutputFixture.json(directory.resolve(output));
  }
}
