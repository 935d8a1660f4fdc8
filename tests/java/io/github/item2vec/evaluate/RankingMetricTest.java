package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By hand: a list with hits at ranks 2 and 5, three relevant items. */
class RankingMetricTest {
  private static final boolean[] HITS = {false, true, false, false, true, false};

  @Test
  void handWorkedAtTen() {
    assertThat(RankingMetric.HIT_RATE.of(HITS, 3, 10)).isEqualTo(1);
    assertThat(RankingMetric.PRECISION.of(HITS, 3, 10)).isEqualTo(0.2);
    assertThat(RankingMetric.RECALL.of(HITS, 3, 10)).isEqualTo(2 / 3.0);
    assertThat(RankingMetric.MRR.of(HITS, 3, 10)).isEqualTo(0.5);
    assertThat(RankingMetric.MAP.of(HITS, 3, 10)).isEqualTo((1 / 2.0 + 2 / 5.0) / 10);
    assertThat(RankingMetric.MAP_NORMALIZED.of(HITS, 3, 10)).isEqualTo((1 / 2.0 + 2 / 5.0) / 3);
    double dcg = 1 / log2(3) + 1 / log2(6);
    double ideal = 1 / log2(2) + 1 / log2(3) + 1 / log2(4);
    assertThat(RankingMetric.NDCG.of(HITS, 3, 10)).isCloseTo(dcg / ideal, within(1e-12));
  }

  @Test
  void theCutOffIsReallyAtK() {
    assertThat(RankingMetric.HIT_RATE.of(HITS, 3, 1)).isZero();
    assertThat(RankingMetric.PRECISION.of(HITS, 3, 2)).isEqualTo(0.5);
    assertThat(RankingMetric.MAP_NORMALIZED.of(HITS, 3, 2)).isEqualTo(0.25);
    assertThat(RankingMetric.MRR.of(HITS, 3, 1)).isZero();
  }

  @Test
  void anEmptyListIsZeroEverywhere() {
    for (RankingMetric metric : RankingMetric.values()) {
      assertThat(metric.of(new boolean[0], 3, 10)).as(metric.at(10)).isZero();
    }
  }

  @Test
  void aRepeatedItemIsAHitAtItsFirstPlaceOnly() {
    boolean[] hits = RankingMetric.hits(Arrays.asList("a", "a", null, "b", "a"), Set.of("a", "b"));

    assertThat(hits).containsExactly(true, false, false, true, false);
    boolean[] aaab = RankingMetric.hits(List.of("a", "a", "a", "b"), Set.of("a"));
    assertThat(RankingMetric.RECALL.of(aaab, 1, 5)).isEqualTo(1);
    assertThat(RankingMetric.NDCG.of(aaab, 1, 5)).isEqualTo(1);
    assertThat(RankingMetric.MAP_NORMALIZED.of(aaab, 1, 5)).isEqualTo(1);
    assertThat(RankingMetric.MAP.of(aaab, 1, 5)).isEqualTo(0.2);
    assertThat(RankingMetric.PRECISION.of(aaab, 1, 5)).isEqualTo(0.2);
  }

  @Test
  void moreHitsThanRelevantItemsAreRefused() {
    boolean[] hits = {true, true, true, false};
    for (RankingMetric metric : RankingMetric.values()) {
      assertThatThrownBy(() -> metric.of(hits, 1, 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "3 hits of 1 relevant items: a repeated item counts once, see RankingMetric.hits");
      assertThatThrownBy(() -> metric.of(hits, 0, 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("relevant = 0, k = 5: must be >= 1");
    }
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
