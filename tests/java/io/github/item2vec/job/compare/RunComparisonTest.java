package io.github.item2vec.job.compare;

import static org.apache.spark.sql.functions.avg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.job.Item2VecJob;
import io.github.item2vec.job.PlantedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of real runs, compared; and what cannot be. */
class RunComparisonTest extends SparkTest {
  @TempDir static Path directory;

  @BeforeAll
  static void runs() throws IOException {
    PlantedInput.write(spark, 60, 80, 2_000, 7, out("ratings"));
    Files.writeString(directory.resolve("titles"), "1|The first\n2|The second\n");
    run("a", "training.vector-size=8");
    run("b", "training.vector-size=4");
  }

  private static void run(String name, String... more) {
    Item2VecJob.run(spark, config(more), Optional.empty(), out(name));
  }

  private static JobConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "input.path=" + out("ratings"),
                "training.max-iter=2",
                "training.min-count=1",
                "recommend.k=20"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(), settings).jobConfig();
  }

  private static String out(String name) {
    return directory.resolve(name).toString();
  }

  private static String report(String first, String second) throws IOException {
    return RunComparison.report(
        spark, config("input.titles=" + out("titles")), out(first), out(second), out("page.html"));
  }

  @Test
  void twoRunsAreComparedOnTheConsoleAndOnAPage() throws IOException {
    String text = report("a", "b");
    JsonNode page = page();

    assertThat(text.lines().filter(line -> !line.contains(directory.toString())))
        .allMatch(line -> line.length() <= 80);
    assertThat(text)
        .contains("training.vector-size", "map@10", "60 users; map@10 is higher in B", "gini@10")
        .doesNotContain("diversity@10");
    assertThat(page.at("/settings/0").toString())
        .isEqualTo("{\"key\":\"training.vector-size\",\"first\":\"8\",\"second\":\"4\"}");
    JsonNode a = new ObjectMapper().readTree(directory.resolve("a/run.json").toFile());
    JsonNode b = new ObjectMapper().readTree(directory.resolve("b/run.json").toFile());
    for (JsonNode metric : page.get("metrics")) {
      String name = metric.get("metric").asText();
      assertThat(metric.get("first")).as(name).isEqualTo(a.get("metrics").get(name));
      assertThat(metric.get("second")).as(name).isEqualTo(b.get("metrics").get(name));
      assertThat(metric.at("/difference/interval")).as(name).hasSize(2);
    }
    assertThat(page.at("/first/segments")).isEqualTo(a.at("/segments/model"));
    assertThat(page.at("/lists/users").asInt()).isEqualTo(60);
    assertThat(page.at("/lists/same").asInt()).isLessThan(60);
    assertThat(page.at("/lists/overlap").asDouble()).isBetween(0.05, 0.95);
    assertThat(page.at("/lists/gained").size()).isPositive();
  }

  @Test
  void aRunDoesNotDifferFromItself() throws IOException {
    String text = report("a", "a");

    assertThat(text).contains("settings   the same", "0.0 % changed", "+0.0000 to +0.0000");
    assertThat(page().get("metrics"))
        .allMatch(metric -> metric.at("/difference/pValue").asDouble() == 1);
    assertThat(page().at("/lists/gained")).isEmpty();
  }

  @Test
  void thePageAsksForNothing() throws IOException {
    report("a", "b");
    String html = Files.readString(directory.resolve("page.html"));

    assertThat(html).contains("default-src 'none'").endsWith("</html>\n");
    assertThat(Pattern.compile("<script[^>]+src=|<link|@import").matcher(html))
        .matches(matcher -> !matcher.find());
  }

  /** The means that run.json has are those of the rows that were saved. */
  @Test
  void userMetricsAverageToTheRunsMetrics() throws IOException {
    Dataset<Row> users = spark.read().parquet(out("a") + "/user-metrics");
    JsonNode metrics = new ObjectMapper().readTree(directory.resolve("a/run.json").toFile());

    assertThat(users.columns())
        .startsWith("user", "trainRows", "heldOut", "heldOutHash", "listed", "hitrate@10");
    for (String name : List.of("map@10", "ndcg@10", "hitrate@10")) {
      double mean = users.agg(avg(name)).first().getDouble(0);
      assertThat(mean).isCloseTo(metrics.at("/metrics").get(name).asDouble(), within(1e-12));
    }
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    run("unsaved", "training.vector-size=8", "evaluation.save=false");
    run("cutOffs", "training.vector-size=8", "evaluation.k=[5,10]");
    run("split", "training.vector-size=8", "split.test=2");
    copy("a", "damaged");
    try (Stream<Path> files = Files.list(directory.resolve("damaged/user-metrics"))) {
      Files.delete(
          files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow());
    }

    refused("unsaved", "saved no metrics of its users", "evaluation.save = true");
    refused("cutOffs", "k = 10 in ", "5, 10 in ");
    refused("split", "59 of both have other held-out items", "split.*");
    refused("nowhere", "no run in");
    assertThatThrownBy(() -> report("a", "damaged"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("user-metrics is not what the run saved");
    assertThat(Files.exists(directory.resolve("unsaved/user-metrics"))).isFalse();
  }

  private static void refused(String second, String... words) {
    assertThatThrownBy(() -> report("a", second))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void runsWithoutListsAreComparedByTheirMetrics() throws IOException {
    Item2VecJob.evaluate(
        spark, config("training.vector-size=4"), Optional.empty(), Optional.empty(), out("only"));
    String text = report("b", "only");

    assertThat(text).doesNotContain("lists ").contains("+0.0000 to +0.0000");
    assertThat(page().has("lists")).isFalse();
  }

  private static JsonNode page() throws IOException {
    Matcher data =
        Pattern.compile("(?s)id=\"data\">(.*?)</script>")
            .matcher(Files.readString(directory.resolve("page.html")));
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  private static void copy(String from, String to) throws IOException {
    Path source = directory.resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(to).resolve(source.relativize(file)));
      }
    }
  }
}
