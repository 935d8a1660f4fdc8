package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningJobTest extends SparkTest {
  private static final String SPACE =
      """
      recommend.k = 20
      training { architecture = skip-gram, vector-size = 8, max-iter = 3, min-count = 1 }
      tuning.space {
        architecture { choice = [skip-gram, cbow] }
        window-size { int = [1, 8] }
        ns-exponent { double = [-1, 1] }
        min-count { int = [1, 4] }
      }
      """;

  @TempDir static Path ratings;
  @TempDir Path directory;

  @BeforeAll
  static void plant() {
    Generation.write(spark, 100, 60, 3_000, 7, ratings.resolve("planted").toString());
  }

  private JsonNode tune(String name, TuningJob.Start start, String... settings) throws IOException {
    Path conf = Files.writeString(directory.resolve("space.conf"), SPACE);
    List<String> overrides =
        new ArrayList<>(List.of("input.path=" + ratings.resolve("planted"), "tuning.trials=14"));
    overrides.addAll(List.of(settings));
    TuningJob.run(
        spark,
        ConfigLoader.loadForTuning(Optional.of(conf.toString()), overrides),
        out(name).toString(),
        start);
    return new ObjectMapper().readTree(out(name).resolve("run.json").toFile());
  }

  private Path out(String name) {
    return directory.resolve(name);
  }

  /** The journal without times. */
  private List<String> journal(String name) throws IOException {
    return Files.readAllLines(out(name).resolve("study/journal.log")).stream()
        .map(line -> line.replaceAll("\"datetime_\\w+\":\"[^\"]*\"", "TIME"))
        .toList();
  }

  @Test
  void oneOrTwoAtOnceAreTheSame() throws IOException {
    JsonNode alone = tune("alone", TuningJob.Start.NEW, "tuning.parallel=1");
    JsonNode together = tune("together", TuningJob.Start.NEW, "tuning.parallel=2");

    assertThat(journal("together")).isEqualTo(journal("alone"));
    assertThat(together.get("tuning")).isEqualTo(alone.get("tuning"));
    assertThat(alone.at("/tuning/trials").asInt()).isEqualTo(14);
    assertThat(alone.at("/tuning/default/value").isNumber()).isTrue();
    assertThat(alone.has("warnings")).isFalse();
    assertThat(Files.readAllLines(out("alone").resolve("study/trials.csv"))).hasSize(15);
  }

  @Test
  void theBestConfGivesARunWithTheBestValue() throws IOException {
    JsonNode tuned = tune("out", TuningJob.Start.NEW, "tuning.on=test");
    assertThat(tuned.get("warnings").asText()).contains("tuning.on = test");

    ConfigLoader best =
        ConfigLoader.load(
            Optional.of(out("out").resolve("best.conf").toString()),
            List.of("input.path=" + ratings.resolve("planted")));
    Item2VecJob.run(spark, best.jobConfig(), Optional.empty(), out("run").toString());
    JsonNode json = new ObjectMapper().readTree(out("run").resolve("run.json").toFile());

    double value = tuned.at("/tuning/best/value").asDouble();
    assertThat(value).isPositive();
    assertThat(json.at("/metrics/map@10").asDouble()).isCloseTo(value, within(1e-12));
    assertThat(tuned.at("/metrics/map@10").asDouble()).isCloseTo(value, within(1e-12));
  }

  @Test
  void trialsOneByOneHaveTheValuesOfTasks() throws IOException {
    JsonNode tasks = tune("tasks", TuningJob.Start.NEW, "tuning.trials=5", "tuning.on=test");
    JsonNode sequential =
        tune(
            "sequential",
            TuningJob.Start.NEW,
            "tuning.trials=5",
            "tuning.on=test",
            "tuning.execution=sequential");
    assertThat(sequential.at("/tuning/best/params")).isEqualTo(tasks.at("/tuning/best/params"));
    assertThat(sequential.at("/tuning/best/value").asDouble())
        .isCloseTo(tasks.at("/tuning/best/value").asDouble(), within(1e-12));
    assertThat(sequential.at("/tuning/default/value").asDouble())
        .isCloseTo(tasks.at("/tuning/default/value").asDouble(), within(1e-12));
  }

  @Test
  void aFailingTrialIsRecorded() throws IOException {
    JsonNode run =
        tune(
            "out",
            TuningJob.Start.NEW,
            "tuning.space.min-count.int=[1, 120]",
            "training.min-count=99999");

    assertThat(run.get("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.at("/tuning/fail").asInt()).isPositive();
    assertThat(run.at("/tuning/default/value").isMissingNode()).as("of trial 0").isTrue();
    assertThat(run.at("/metrics/map@10").isNumber()).isTrue();
    assertThat(run.has("baselines")).isFalse();
    assertThat(String.join("\n", journal("out"))).contains("no item occurs minCount = ");
  }

  @Test
  void poorTrialsEndEarlyAndASampleOfTheUsersIsEnough() throws IOException {
    JsonNode run =
        tune(
            "out",
            TuningJob.Start.NEW,
            "tuning.trials=30",
            "training.max-iter=6",
            "tuning.sampler=random",
            "tuning.sample=0.5");
    assertThat(journal("out").get(1)).doesNotContain("\"data\":\"100 users");
    assertThat(run.at("/tuning/pruned").asInt()).isPositive();
    assertThat(run.at("/tuning/complete").asInt()).isGreaterThan(5);
  }

  @Test
  void aStudyIsGoneOnWithOnlyWhenAskedTo() throws IOException {
    tune("out", TuningJob.Start.NEW, "tuning.trials=4");

    assertThatThrownBy(() -> tune("out", TuningJob.Start.NEW))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--resume");
    assertThatThrownBy(() -> tune("out", TuningJob.Start.RESUME, "tuning.seed=7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tuning.seed = 42, not 7");
    assertThat(tune("out", TuningJob.Start.RESUME).at("/tuning/trials").asInt()).isEqualTo(14);
  }

  @Test
  void aSpaceMayComeFromItsOwnFile() throws IOException {
    Path space = Files.writeString(directory.resolve("own.conf"), SPACE);
    ConfigLoader loader =
        ConfigLoader.loadForTuning(
            Optional.empty(), List.of("tuning.space=" + space, "training.max-iter=9"));
    assertThat(loader.jobConfig().training().maxIter()).isEqualTo(9);
    assertThat(loader.jobConfig().training().vectorSize()).isEqualTo(8);
    assertThat(loader.jobConfig().tuning().space().root()).hasSize(4);
  }

  @Test
  void aSpaceIsCheckedAtTheDoor() {
    assertThatThrownBy(() -> tune("out", TuningJob.Start.NEW, "tuning.space.windowsize.int=[1, 3]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("tuning.space.windowsize: must be one of [architecture,");
    assertThatThrownBy(
            () -> tune("out", TuningJob.Start.NEW, "tuning.space.window-size.int=[5, 3]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("low <= high");
    assertThat(out("out")).doesNotExist();
  }
}
