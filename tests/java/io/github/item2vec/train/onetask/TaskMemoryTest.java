package io.github.item2vec.train.onetask;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.SettingsFixture;
import io.github.item2vec.train.epoch.TrainingSettings;
import org.junit.jupiter.api.Test;

class TaskMemoryTest {
  private static final int MILLION = 1_000_000;

  @Test
  void refusesWhatCannotFitWithNeedAndRoom() {
    // 2 matrices x (64 floats + 24 bytes) x a million items
    assertThatThrownBy(
            () -> TaskMemory.require(settings(Architecture.SKIP_GRAM), MILLION, false, 500 << 20))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1,000,000 items x vectorSize 50")
        .hasMessageContaining("534 MiB")
        .hasMessageContaining("500 MiB")
        .hasMessageContaining("execution = distributed");
    assertThatThrownBy(
            () -> TaskMemory.require(settings(Architecture.BASKET), MILLION, false, 1L << 30))
        .hasMessageContaining("1,602 MiB")
        .hasMessageContaining("execution = distributed");
    assertThatThrownBy(
            () -> TaskMemory.require(settings(Architecture.CBOW), MILLION, false, 500 << 20))
        .hasMessageContaining("534 MiB")
        .hasMessageNotContaining("distributed");
  }

  @Test
  void earlyStoppingHoldsEverythingTwice() {
    TrainingSettings settings = settings(Architecture.SKIP_GRAM);
    assertThatCode(() -> TaskMemory.require(settings, MILLION, false, 600 << 20))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TaskMemory.require(settings, MILLION, true, 600 << 20))
        .hasMessageContaining("1,068 MiB");
  }

  private static TrainingSettings settings(Architecture architecture) {
    SettingsFixture given = new SettingsFixture(architecture);
    given.vectorSize = 50;
    given.loss = Loss.SOFTMAX;
    return given.settings();
  }
}
