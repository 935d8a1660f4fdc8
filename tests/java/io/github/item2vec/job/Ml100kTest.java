package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** One run with the shipped parameters on MovieLens 100K and what is told of it. */
@EnabledIfEnvironmentVariable(
    named = "ITEM2VEC_ML100K",
    matches = ".+",
    disabledReason = "ITEM2VEC_ML100K names MovieLens 100K's u.data")
class Ml100kTest extends SparkTest {
  @TempDir static Path directory;

  private static RunManifest run;

  @BeforeAll
  static void run() {
    run =
        Item2VecJob.run(
            spark,
            ConfigLoader.load(
                    List.of("conf/ml-100k.conf"),
                    List.of(
                        "input.path=" + System.getenv("ITEM2VEC_ML100K"),
                        "evaluation.baselines=als,ease"))
                .jobConfig(),
            Optional.empty(),
            directory.resolve("out").toString());
    System.out.println(Summary.of(run));
  }

  /** BENCHMARKS states the means of 3 seeds. */
  @Test
  void ml100kWithItsConfigurationBeatsWindows() {
    Map<String, Double> metrics = run.record().metrics();
    assertThat(metrics.get("map@10")).isGreaterThan(0.042);
    assertThat(metrics.get("hitrate@10")).isGreaterThan(0.62);
  }

  /**
   * The baselines are no strawmen: what tuned ones reach on this split is in the research notes.
   */
  @Test
  void ml100kBaselinesReachTheirFigures() {
    Map<String, Map<String, Double>> baselines = run.record().baselines();
    assertThat(baselines.get("als").get("map@10")).isGreaterThan(0.036);
    assertThat(baselines.get("ease").get("map@10")).isGreaterThan(0.0455);
    assertThat(baselines.get("popularity").get("map@10")).isCloseTo(0.0165, within(0.0002));
  }
}
