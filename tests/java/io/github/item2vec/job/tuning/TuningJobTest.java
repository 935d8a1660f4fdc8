package io.github.item2vec.job.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.job.Item2VecJob;
import io.github.item2vec.job.PlantedInput;
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
    PlantedInput.write(spark, 100, 60, 3_000, 7, ratings.resolve("planted").toString());
  }

  private JsonNode tune(String name, TuningJob.Start start, String... settings) throws IOException {
    Path conf = Files.writeString(directory.resolve("space.conf"), SPACE);
    List<String> overrides =
        new ArrayList<>(List.of("input.path=" + ratings.resolve("planted"), "tuning.trials=14"));
    overrides.addAll(List.of(settings));
    TuningJob.run(
        spark,
        ConfigLoader.loadForTuning(List.of(conf.toString()), overrides),
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
  void howTrialsRunChangesNothing() throws IOException {
    JsonNode alone = tune("alone", TuningJob.Start.NEW, "tuning.on=test", "tuning.parallel=1");
    JsonNode together =
        tune("together", TuningJob.Start.NEW, "tuning.on=test", "tuning.parallel=2");
    tune(
        "sequential",
        TuningJob.Start.NEW,
        "tuning.on=test",
        "tuning.trials=4",
        "tuning.pruner=none",
        "tuning.execution=sequential");

    assertThat(journal("together")).isEqualTo(journal("alone"));
    assertThat(together.get("tuning")).isEqualTo(alone.get("tuning"));
    assertThat(alone.get("warnings").asText()).contains("tuning.on = test");
    assertThat(alone.at("/tuning/trials").asInt()).isEqualTo(14);
    assertThat(alone.at("/tuning/default/value").isNumber()).isTrue();
    assertThat(alone.at("/tuning/importances")).hasSize(4);
    assertThat(alone.at("/comparison/defaults/intervals/map@10")).hasSize(2);
    assertThat(Files.readString(out("alone").resolve("report.html")))
        .contains("\"study\":{\"metric\"");
    assertThat(values("alone")).hasSize(14);
    assertThat(values("alone").subList(0, 4))
        .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-12 ? 0 : 1)
        .isEqualTo(values("sequential"));
    theBestConfGivesARunWithTheBestValue("alone", alone);
  }

  /** Values of trials.csv. */
  private List<Double> values(String name) throws IOException {
    return Files.readAllLines(out(name).resolve("study/trials.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1)[1])
        .map(value -> value.isEmpty() ? Double.NaN : Double.parseDouble(value))
        .toList();
  }

  private void theBestConfGivesARunWithTheBestValue(String name, JsonNode tuned)
      throws IOException {
    ConfigLoader best =
        ConfigLoader.load(
            List.of(out(name).resolve("best.conf").toString()),
            List.of("input.path=" + ratings.resolve("planted")));
    Item2VecJob.run(spark, best.jobConfig(), Optional.empty(), out("run").toString());
    JsonNode run = new ObjectMapper().readTree(out("run").resolve("run.json").toFile());

    double value = tuned.at("/tuning/best/value").asDouble();
    assertThat(value).isPositive();
    assertThat(run.at("/metrics/map@10").asDouble()).isCloseTo(value, within(1e-12));
    assertThat(tuned.at("/metrics/map@10").asDouble()).isCloseTo(value, within(1e-12));
  }

  @Test
  void trialsFailOrEndEarlyAndTheStudyGoesOn() throws IOException {
    JsonNode run =
        tune(
            "out",
            TuningJob.Start.NEW,
            "tuning.trials=40",
            "tuning.space.min-count.int=[1, 40]",
            "tuning.sampler=random",
            "tuning.sample=0.5",
            "training.min-count=99999",
            "training.max-iter=6");

    assertThat(run.get("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.has("warnings")).isFalse();
    assertThat(run.at("/tuning/fail").asInt()).isPositive();
    assertThat(run.at("/tuning/pruned").asInt()).isPositive();
    assertThat(run.at("/tuning/complete").asInt()).isGreaterThan(5);
    assertThat(run.at("/tuning/default/value").isMissingNode()).as("of trial 0").isTrue();
    assertThat(run.at("/metrics/map@10").isNumber()).isTrue();
    assertThat(run.has("baselines")).isFalse();
    assertThat(String.join("\n", journal("out"))).contains("no item occurs minCount = ");
    assertThat(journal("out").get(1)).as("a sample").doesNotContain("\"data\":\"100 users");
  }

  @Test
  void aStudyIsGoneOnWithOnlyWhenAskedTo() throws IOException {
    tune("out", TuningJob.Start.NEW, "tuning.trials=3");

    assertThatThrownBy(() -> tune("out", TuningJob.Start.NEW))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--resume");
    assertThatThrownBy(() -> tune("out", TuningJob.Start.RESUME, "tuning.seed=7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tuning.seed = 42, not 7");
    JsonNode more = tune("out", TuningJob.Start.RESUME, "tuning.trials=5");
    assertThat(more.at("/tuning/trials").asInt()).isEqualTo(5);
  }

  @Test
  void aSpaceMayComeFromItsOwnFile() throws IOException {
    Path space = Files.writeString(directory.resolve("own.conf"), SPACE);
    ConfigLoader loader =
        ConfigLoader.loadForTuning(
            List.of(), List.of("tuning.space=" + space, "training.max-iter=9"));
    assertThat(loader.jobConfig().training().params())
        .containsEntry("max-iter", 9)
        .containsEntry("vector-size", 8);
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
