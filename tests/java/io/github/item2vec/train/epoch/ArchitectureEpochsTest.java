package io.github.item2vec.train.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArchitectureEpochsTest {
  @Test
  void theBasketModelTakesFewerEpochsOfMoreData() {
    assertThat(Architecture.BASKET.maxIter(0, 0)).isEqualTo(100);
    assertThat(Architecture.BASKET.maxIter(0, 500_000)).isEqualTo(100);
    assertThat(Architecture.BASKET.maxIter(0, 2_000_000)).isEqualTo(50);
    assertThat(Architecture.BASKET.maxIter(0, 50_000_000)).isEqualTo(10);
    assertThat(Architecture.BASKET.maxIter(0, 10_000_000_000L)).isEqualTo(3);
  }

  @Test
  void whatIsAskedForIsTaken() {
    assertThat(Architecture.BASKET.maxIter(7, 10_000_000)).isEqualTo(7);
    assertThat(Architecture.SKIP_GRAM.maxIter(0, 10_000_000_000L)).isEqualTo(5);
  }
}
