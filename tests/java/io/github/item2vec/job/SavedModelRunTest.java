package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Republication;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.train.Item2VecModel;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --model}: lists by a saved model, without a training. */
class SavedModelRunTest extends SparkTest {
  private static final long SEED = 4;
  private static final int USERS = 50;
  private static final int ITEMS = 40;
  private static final String GONE = "i3";

  @TempDir Path directory;
  private final Map<String, Set<String>> rated = new HashMap<>();

  @Test
  void theListsAreThoseOfTheTrainingRunAndNewUsersGetSome() throws IOException {
    StringBuilder rows = new StringBuilder();
    Random random = new Random(SEED);
    for (int user = 0; user < USERS; user++) {
      for (int i = 0; i < 15; i++) {
        add(rows, "u" + user, "i" + random.nextInt(ITEMS), i);
      }
    }
    Files.writeString(ratings(), rows.toString());
    RunRecord trained = run("trained", Optional.empty(), Optional.empty()).record();
    Optional<String> model = Optional.of(directory.resolve("trained/model").toString());
    byte[] metadata = digestOf(model.get());

    RunManifest again = run("again", model, Optional.empty());
    assertThat(again.record().metrics()).isEqualTo(trained.metrics());
    assertThat(digest("again", "/saved/recommendations/digest"))
        .isNotEmpty()
        .isEqualTo(digest("trained", "/saved/recommendations/digest"));
    assertThat(again.record().timings()).containsKey("load").doesNotContainKey("train");
    assertThat(directory.resolve("again/model")).doesNotExist();
    assertThat(again.record().model().path()).isEqualTo(model.get());
    assertThat(digest("again", "/model/digest"))
        .isEqualTo(digest("trained", "/saved/model/digest"));
    assertThat(digest("again", "/saved/model/digest")).isEmpty();

    Map<String, List<String>> before = lists("trained");
    StringBuilder daily = new StringBuilder();
    rows.toString()
        .lines()
        .filter(row -> !row.contains("\t" + GONE + "\t"))
        .forEach(row -> daily.append(row).append('\n'));
    for (int user = 0; user < 10; user++) {
      for (int i = 0; i < 12; i++) {
        add(daily, "new" + user, i < 2 ? "fresh" + user % 5 : "i" + (4 + (user + i) % 30), i);
      }
    }
    Files.writeString(ratings(), daily.toString());
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      RunManifest run =
          run("daily", model, Optional.of(redis), "publish.layout=indexed", "split.test=1");
      Map<String, List<String>> lists = lists("daily");
      assertThat(lists).as("seed %d", SEED).hasSize(USERS + 10);
      for (int user = 0; user < 10; user++) {
        assertThat(lists.get("new" + user)).isNotEmpty().doesNotContain("fresh" + user % 5);
      }
      assertThat(lists.values()).anyMatch(list -> list.contains(GONE));
      assertThat(run.record().model().coldItems()).isEqualTo(cold(model.get(), daily.toString()));
      assertThat(run.record().model().coldItems()).isGreaterThanOrEqualTo(5);
      assertThat(Summary.of(run))
          .contains("items of the ratings are not in it", model.get())
          .contains("indexed: 60 users");
      JobConfig config = config("publish.layout=indexed");
      String output = directory.resolve("daily").toString();
      assertThat(
              PublishedOperations.verifyContents(
                  spark, config.publish(), Optional.of(redis.target()), output))
          .contains("indexed: all 60 lists of");
      assertThat(Republication.forecast(spark, config.publish(), output)).contains("60 lists");
    }
    assertThat(before).hasSize(USERS);
    assertThat(digestOf(model.get())).isEqualTo(metadata);

    TreeSet<String> fields = new TreeSet<>(RunFields.of(json("daily")));
    fields.removeIf(field -> !field.startsWith("model."));
    assertThat(fields)
        .containsExactly(
            "model.bytes number",
            "model.coldItems number",
            "model.digest string",
            "model.files number",
            "model.items number",
            "model.path string");
  }

  private static long cold(String model, String rows) {
    ItemVectors vectors = Item2VecModel.load(model).itemVectors();
    Set<String> items = new HashSet<>();
    rows.lines().forEach(row -> items.add(row.split("\t", -1)[1]));
    return items.stream().filter(item -> !vectors.contains(item)).count();
  }

  private void add(StringBuilder rows, String user, String item, int time) {
    if (rated.computeIfAbsent(user, u -> new HashSet<>()).add(item)) {
      rows.append("%s\t%s\t5\t%d%n".formatted(user, item, time));
    }
  }

  private Path ratings() {
    return directory.resolve("ratings.tsv");
  }

  private JobConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "input.path=" + ratings(),
                "training.vector-size=8",
                "training.max-iter=2",
                "training.min-count=1",
                "recommend.k=20"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(), settings).jobConfig();
  }

  private RunManifest run(
      String output, Optional<String> model, Optional<EmbeddedRedis> redis, String... more) {
    return Item2VecJob.run(
        spark,
        config(more),
        model,
        redis.map(EmbeddedRedis::target),
        directory.resolve(output).toString(),
        "run-" + output);
  }

  private Map<String, List<String>> lists(String output) {
    return OutputFixture.lists(spark, directory.resolve(output));
  }

  private String digest(String output, String field) throws IOException {
    return new ObjectMapper().readTree(json(output)).at(field).asText();
  }

  private static byte[] digestOf(String model) throws IOException {
    try (var files = Files.list(Path.of(model, "metadata"))) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().startsWith("part"))
              .findFirst()
              .orElseThrow();
      return Files.readAllBytes(part);
    }
  }

  private String json(String output) throws IOException {
    return OutputFixture.json(directory.resolve(output));
  }
}
