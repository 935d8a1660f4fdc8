package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that measures: every baseline, saved models, both splits. */
class EvaluateTest extends SparkTest {
  @TempDir Path directory;

  @Test
  void aSavedModelHasTheFiguresOfItsRun() throws Exception {
    String ratings = planted();
    RunManifest run =
        Item2VecJob.run(
            spark,
            ConfigLoader.load(List.of(), settings(ratings)).jobConfig(),
            Optional.empty(),
            directory.resolve("run").toString());
    RunManifest again = evaluate(ratings, Optional.of(directory.resolve("run/model").toString()));

    assertThat(again.record().metrics()).isEqualTo(run.record().metrics());
    assertThat(Files.exists(directory.resolve("out/model"))).isFalse();
    assertThatThrownBy(() -> evaluate(ratings, Optional.of(ratings)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no saved model");
  }

  @Test
  void timeSplitsAndTheirLeakAreReported() throws Exception {
    RunManifest run =
        evaluate(
            planted(),
            Optional.empty(),
            "split.by=global-time",
            "split.test-share=0.2",
            "split.validation-share=0.1",
            "evaluation.baselines=als,ease");

    RunRecord.Split split = run.record().split();
    long kept = run.record().input().kept();
    assertThat(split.train() + split.validation() + split.test()).isEqualTo(kept);
    assertThat((double) split.test() / kept).isCloseTo(0.2, within(0.05));
    assertThat(run.record().baselines()).containsOnlyKeys("popularity", "als", "ease");
    assertThat(Files.readString(directory.resolve("out/report.html")))
        .contains(
            "Split at one time", "ease", "lambda", "coverage@10", "modelMinusThis", "longTail");
    assertThat(Summary.of(run)).contains("95 % intervals", "ease", "p (map@10)");
  }

  /** 50,000 items: more than ease has room for in any heap. The rest is trained and told. */
  @Test
  void whatThereIsNoRoomForIsLeftOutOfTheTable() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < 50_000; row++) {
      rows.append("%d\t%d\t5\t%d\n".formatted(row / 100, row, row));
    }
    Path ratings = Files.writeString(directory.resolve("many.data"), rows);
    RunManifest run =
        evaluate(
            ratings.toString(),
            Optional.empty(),
            "training.min-count=1",
            "training.max-iter=1",
            "report.items=0",
            "evaluation.baselines=ease,transitions");

    assertThat(run.record().baselines()).containsOnlyKeys("popularity", "transitions");
    assertThat(Summary.of(run)).contains("ease skipped: ", "48,500", "transitions ");
    assertThat(Files.readString(directory.resolve("out/run.json")))
        .contains("\"skippedBaselines\"", "SUCCEEDED");
  }

  private RunManifest evaluate(String ratings, Optional<String> model, String... more) {
    return Item2VecJob.evaluate(
        spark,
        ConfigLoader.load(List.of(), settings(ratings, more)).jobConfig(),
        model,
        Optional.empty(),
        directory.resolve("out").toString());
  }

  private static List<String> settings(String ratings, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of("input.path=" + ratings, "training.vector-size=8", "training.max-iter=3"));
    settings.addAll(List.of(more));
    return settings;
  }

  private String planted() {
    Path ratings = directory.resolve("ratings");
    if (!Files.exists(ratings)) {
      PlantedInput.write(spark, 60, 80, 2_000, 7, ratings.toString());
    }
    return ratings.toString();
  }
}
