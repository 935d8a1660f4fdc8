package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.baseline.Ease;
import io.github.item2vec.config.JobConfig.Evaluation.Baseline;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffordableBaselinesTest {
  private static final long GIB = 1L << 30;
  private static final List<Baseline> WANTED =
      List.of(Baseline.POPULARITY, Baseline.EASE, Baseline.ALS, Baseline.EASE_RECENCY);

  @Test
  void halfOfTheHeapIsTheLimit() {
    int most = (int) Math.sqrt(GIB / 24.0);

    assertThat(AffordableBaselines.of(WANTED, most, 2 * GIB).trained()).isEqualTo(WANTED);
    AffordableBaselines tooMany = AffordableBaselines.of(WANTED, most + 1, 2 * GIB);
    assertThat(tooMany.trained()).containsExactly(Baseline.POPULARITY, Baseline.ALS);
    assertThat(tooMany.skipped()).containsOnlyKeys("ease", "ease-recency");
    assertThat(tooMany.skipped().get("ease"))
        .contains("6,689 items", "1,073,825,304 bytes", "2,147,483,648 bytes", "--driver-memory");
  }

  /** However large the heap is. */
  @Test
  void anArrayHasALimitToo() {
    assertThat((long) Ease.MOST_ITEMS * Ease.MOST_ITEMS).isLessThan(Integer.MAX_VALUE);
    assertThat((Ease.MOST_ITEMS + 1L) * (Ease.MOST_ITEMS + 1L)).isGreaterThan(Integer.MAX_VALUE);
    assertThat(AffordableBaselines.of(WANTED, Ease.MOST_ITEMS, 1000 * GIB).skipped()).isEmpty();
    assertThat(
            AffordableBaselines.of(WANTED, Ease.MOST_ITEMS + 1, 1000 * GIB).skipped().get("ease"))
        .contains("46,341 items", "46,340");
  }
}
