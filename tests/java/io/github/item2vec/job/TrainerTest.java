package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.train.Item2Vec;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The parameters of a training from the configuration to the estimator; without a Spark session.
 */
class TrainerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.vector-size=0|training.vector-size = 0: must be >= 1",
        "training.architecture=glove|must be one of [skip-gram, cbow, basket]",
        "training.max-iter=many|training.max-iter = many: must be a whole number",
        "training.max-iter=7.5|training.max-iter = 7.5: must be a whole number",
        "training.max-iter=5000000000|training.max-iter = 5000000000: must be a whole number",
        "training.window-size=0|training.window-size = 0: must be >= 1",
        "training.shrink-windows=often|training.shrink-windows = often: must be true or false",
        "training.negative=-1|training.negative = -1: must be >= 0",
        "training.ns-exponent=1e999|must be a finite number",
        "training.ns-exponent=-2000|training.ns-exponent = -2000: must be between -1000 and 1000",
        "training.sample=-0.1|training.sample = -0.1: must be >= 0",
        "training.min-count=-1|must be >= 0",
        "training.step-size=-1|must be >= 0",
        "training.min-step-size=-1|must be >= 0",
        "training.max-iter=-1|must be >= 0",
        "training.num-partitions=0|must be >= 1",
        "training.loss=hinge|must be one of [auto, negative-sampling, sampled-softmax, softmax]",
        "training.input-dropout=1|training.input-dropout = 1: must be between 0 and 1, both excluded",
        "training.hidden-dropout=1|must be 0 or more and below 1",
        "training.context-weight=1.1|must be between 0 and 1",
        "training.reg-param=-1|must be >= 0",
        "training.execution=cluster|must be one of [auto, one-task, distributed]",
        "training.early-stopping=-1|must be >= 0",
        "training.checkpoint-interval=0|must be >= 1",
      })
  void aBadValueNamesKeyValueAndConstraint(String override, String message) {
    String key = override.substring(0, override.indexOf('='));
    assertThatThrownBy(() -> trainer(override))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + " = ")
        .hasMessageContaining(message);
  }

  @Test
  void theLastStepIsNotAboveTheFirst() {
    assertThatThrownBy(() -> trainer("training.step-size=0.1", "training.min-step-size=0.2"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("training.min-step-size = 0.2: must be between 0 and training.step-size");
    trainer("training.step-size=0.1", "training.min-step-size=0.1");
  }

  @Test
  void theOtherTrainersParametersAreCheckedToo() {
    assertThatThrownBy(() -> trainer("training.trainer=mllib-word2vec", "training.reg-param=-1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.reg-param");
  }

  @Test
  void theDefaultsFileSaysTheEstimatorsDefaults() {
    Item2Vec estimator = trainer().estimator();
    int set = 0;
    for (Param<?> param : estimator.params()) {
      assertThat(estimator.getOrDefault(param))
          .as(param.name())
          .isEqualTo(estimator.getDefault(param).get());
      set += estimator.isSet(param) ? 1 : 0;
    }
    assertThat(set).as("all but the columns and checkpointDir, which has no value").isEqualTo(21);
  }

  @Test
  void valuesComeInTheTypesOfTheParams() {
    Item2Vec estimator =
        trainer(
                "training.shrink-windows=no",
                "training.sample=0",
                "training.step-size=1",
                "training.max-iter=7.0",
                "training.seed=5000000000",
                "training.checkpoint-dir=12")
            .estimator();
    assertThat(estimator.getShrinkWindows()).isFalse();
    assertThat(estimator.getSample()).isZero();
    assertThat(estimator.getStepSize()).isEqualTo(1);
    assertThat(estimator.getMaxIter()).isEqualTo(7);
    assertThat(estimator.getSeed()).isEqualTo(5_000_000_000L);
    assertThat(estimator.getCheckpointDir()).isEqualTo("12");
  }

  @Test
  void paramsAreThoseThatTheArchitectureHeeds() {
    assertThat(trainer().params(0))
        .containsExactly(
            entry("architecture", "basket"),
            entry("min-count", 5),
            entry("vector-size", 100),
            entry("step-size", 0.01),
            entry("max-iter", 100),
            entry("seed", 42L),
            entry("min-step-size", 1e-4),
            entry("negative", 500),
            entry("ns-exponent", 0.75),
            entry("loss", "auto"),
            entry("input-dropout", 0.6),
            entry("hidden-dropout", 0.5),
            entry("context-weight", 0.2),
            entry("reg-param", 1e-4));
    for (String architecture : List.of("skip-gram", "cbow")) {
      assertThat(trainer("training.architecture=" + architecture, "training.max-iter=9").params(0))
          .containsExactly(
              entry("architecture", architecture),
              entry("min-count", 5),
              entry("vector-size", 100),
              entry("step-size", 0.025),
              entry("max-iter", 9),
              entry("seed", 42L),
              entry("min-step-size", 1e-4),
              entry("negative", 5),
              entry("ns-exponent", 0.75),
              entry("window-size", 5),
              entry("num-partitions", 4),
              entry("shrink-windows", true),
              entry("sample", 1e-3));
    }
    Trainer mllib = trainer("training.trainer=mllib-word2vec", "training.step-size=0.05");
    assertThat(mllib.params(0))
        .isEqualTo(trainer("training.step-size=0.05").mllibParams())
        .containsExactly(
            entry("min-count", 5),
            entry("vector-size", 100),
            entry("step-size", 0.05),
            entry("max-iter", 5),
            entry("seed", 42L),
            entry("window-size", 5),
            entry("num-partitions", 4));
  }

  private static Trainer trainer(String... overrides) {
    return new Trainer(ConfigLoader.load(List.of(), List.of(overrides)).jobConfig().training());
  }
}
