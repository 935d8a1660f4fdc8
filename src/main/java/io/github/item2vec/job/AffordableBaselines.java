package io.github.item2vec.job;

import io.github.item2vec.baseline.Ease;
import io.github.item2vec.config.JobConfig.Evaluation.Baseline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The baselines that the driver's memory has room for, and why the others are left out. Known from
 * the number of items alone, before anything is trained.
 *
 * @param trained those to train, in the order of the configuration
 * @param skipped the reason by the name of the baseline
 */
record AffordableBaselines(List<Baseline> trained, Map<String, String> skipped) {
  /** Spark, the ratings and the model live in the other half. */
  private static final double SHARE_OF_HEAP = 0.5;

  /**
   * Sorts them.
   *
   * @param items in the train part
   * @param heap the driver's, in bytes
   */
  static AffordableBaselines of(List<Baseline> wanted, int items, long heap) {
    List<Baseline> trained = new ArrayList<>();
    Map<String, String> skipped = new LinkedHashMap<>();
    for (Baseline baseline : wanted) {
      boolean pairs = baseline == Baseline.EASE || baseline == Baseline.EASE_RECENCY;
      if (pairs && items > Ease.MOST_ITEMS) {
        skipped.put(
            baseline.word(),
            text(
                "skipped: a matrix of all pairs of %,d items has more entries than an array may have; the most are %,d items",
                items, Ease.MOST_ITEMS));
      } else if (pairs && Ease.bytes(items) > SHARE_OF_HEAP * heap) {
        skipped.put(
            baseline.word(),
            text(
                "skipped: its matrices of all pairs of %,d items take %,d bytes, more than half of the driver's heap of %,d bytes; give it more by --driver-memory",
                items, Ease.bytes(items), heap));
      } else {
        trained.add(baseline);
      }
    }
    return new AffordableBaselines(trained, skipped);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
