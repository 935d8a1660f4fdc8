package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.SettingsFixture;
import io.github.item2vec.train.model.Vocabulary;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionTest {
  private static final int ITEMS = 10_000;

  /** Of 100 floats each, with 6 matrices for baskets: 6,720,000 values and 1,440,000 bytes. */
  private static final long BASKET_BYTES = 26_880_000L + 1_440_000;

  private static boolean distributes(
      Architecture architecture, int vectorSize, long count, long heap) {
    SettingsFixture given = new SettingsFixture(architecture);
    given.vectorSize = vectorSize;
    given.numPartitions = 4;
    long[] counts = new long[ITEMS];
    Arrays.fill(counts, count);
    String[] items = IntStream.range(0, ITEMS).mapToObj(Integer::toString).toArray(String[]::new);
    return Execution.AUTO.distributes(given.settings(), new Vocabulary(items, counts), heap);
  }

  @Test
  void smallDataTrainsInOneTask() {
    assertThat(distributes(Architecture.BASKET, 100, 5, 1L << 30)).isFalse();
    assertThat(distributes(Architecture.SKIP_GRAM, 100, 5, 1L << 30)).isFalse();
  }

  @Test
  void vectorsAndMomentsThatAnExecutorCannotHoldAreDistributed() {
    long fits = (BASKET_BYTES + 4L * ITEMS) * 4 / 3;
    assertThat(distributes(Architecture.BASKET, 100, 1, fits + 4)).isFalse();
    assertThat(distributes(Architecture.BASKET, 100, 1, fits - 4)).isTrue();
    assertThat(distributes(Architecture.SKIP_GRAM, 100, 1, fits - 4)).isFalse();
    assertThat(distributes(Architecture.SKIP_GRAM, 100, 1, fits / 4)).isTrue();
  }

  @Test
  void sequencesThatAnExecutorCannotHoldAreDistributed() {
    assertThat(distributes(Architecture.BASKET, 100, 20_000, 2L << 30)).isFalse();
    assertThat(distributes(Architecture.BASKET, 100, 20_000, 1L << 30)).isTrue();
  }

  /** However large an executor is. */
  @Test
  void moreThanOneTaskShouldHoldIsDistributed() {
    assertThat(distributes(Architecture.BASKET, 20_000, 1, Long.MAX_VALUE)).isTrue();
    assertThat(distributes(Architecture.SKIP_GRAM, 10_000, 1, Long.MAX_VALUE)).isTrue();
    assertThat(distributes(Architecture.BASKET, 100, 30_000, Long.MAX_VALUE)).isTrue();
  }

  @Test
  void cbowTrainsInOneTask() {
    assertThat(distributes(Architecture.CBOW, 10_000, 30_000, 1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Execution.class)
  void whatIsValidatedTrainsInOneTaskUnlessItMayNot(Execution execution) {
    assertThat(execution.validating(1)).isEqualTo(execution);
    assertThat(execution.validating(2))
        .isEqualTo(execution == Execution.AUTO ? Execution.ONE_TASK : execution);
  }
}
