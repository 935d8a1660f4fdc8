package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.job.publish.Republication;
import io.github.item2vec.job.run.GateException;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate before lists that an earlier run has saved: it goes by that run's figures alone. */
class PublishGateTest extends SparkTest {
  private static final double MUCH = 0.9;

  @TempDir Path directory;

  @Test
  void goesByWhatTheRunHasMeasured() throws IOException {
    PlantedInput.write(spark, 60, 80, 2_000, 7, directory.resolve("ratings").toString());
    Item2VecJob.run(spark, config(), Optional.empty(), Optional.empty(), output(), "first");
    JobConfig off = config();
    JobConfig both = config("evaluation.gate=popularity,published");
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Optional<RedisTarget> target = Optional.of(redis.target());
      measured(MUCH, 0.1);
      assertThat(Republication.requireGate(spark, off, target, output())).isEmpty();
      assertThat(Republication.requireGate(spark, both, Optional.empty(), output())).isEmpty();
      assertThat(Republication.requireGate(spark, both, target, output()))
          .isEqualTo("gate       map@10 0.9000; popularity 0.1000\n");
      Republication.publish(spark, both.publish(), target, output());

      assertThat(Republication.requireGate(spark, both, target, output()))
          .as("once more, next to itself")
          .isEqualTo("gate       map@10 0.9000; popularity 0.1000; published.list-text 0.9000\n");
      measured(MUCH * 0.96, 0.1);
      assertThat(Republication.requireGate(spark, both, target, output())).isNotEmpty();

      measured(MUCH * 0.94, 0.1);
      refused(both, target, "map@10 0.8460 is more than 5 % below the 0.9000 of what is published");
      measured(MUCH, 0.95);
      refused(both, target, "map@10 0.9000 is below popularity's 0.9500");
      assertThat(
              Republication.requireGate(
                  spark,
                  config("evaluation.gate=popularity", "evaluation.gate-override=true"),
                  target,
                  output()))
          .contains("overridden: map@10 0.9000 is below popularity's 0.9500");
    }
  }

  @Test
  void refusesToCompareWhatWasNotMeasured() throws IOException {
    PlantedInput.write(spark, 60, 80, 2_000, 7, directory.resolve("ratings").toString());
    Item2VecJob.run(spark, config(), Optional.empty(), Optional.empty(), output(), "first");
    ObjectNode run = (ObjectNode) new ObjectMapper().readTree(file());
    run.remove("baselines");
    new ObjectMapper().writeValue(file(), run);
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      Optional<RedisTarget> target = Optional.of(redis.target());
      assertThat(
              Republication.requireGate(
                  spark, config("evaluation.gate=published"), target, output()))
          .startsWith("gate ");
      assertThatThrownBy(
              () ->
                  Republication.requireGate(
                      spark, config("evaluation.gate=popularity"), target, output()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(output())
          .hasMessageContaining("no map@10 of the model or of popularity")
          .hasMessageContaining("evaluation.gate=off");
    }
  }

  private void refused(JobConfig config, Optional<RedisTarget> target, String reason) {
    assertThatThrownBy(() -> Republication.requireGate(spark, config, target, output()))
        .isInstanceOf(GateException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("evaluation.gate-override=true");
  }

  /** Gives the run other figures. */
  private void measured(double model, double popularity) throws IOException {
    ObjectNode run = (ObjectNode) new ObjectMapper().readTree(file());
    ((ObjectNode) run.get("metrics")).put("map@10", model);
    ((ObjectNode) run.get("baselines").get("popularity")).put("map@10", popularity);
    new ObjectMapper().writeValue(file(), run);
  }

  private String output() {
    return directory.resolve("out").toString();
  }

  private File file() {
    return directory.resolve("out/run.json").toFile();
  }

  private JobConfig config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + directory.resolve("ratings"),
                "training.vector-size=4",
                "training.max-iter=1"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(List.of(), all).jobConfig();
  }
}
