package io.github.item2vec.train.history;

import java.util.Arrays;

/** Average precision among the best {@value #K} items. */
final class Precision {
  static final int K = 10;

  private Precision() {}

  /**
   * Of a case.
   *
   * @param ranks of its targets, from 1; of one past {@value #K} it need only be known that it is
   */
  static double of(int[] ranks) {
    int[] sorted = ranks.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int hit = 0; hit < sorted.length && sorted[hit] <= K; hit++) {
      sum += (hit + 1.0) / sorted[hit];
    }
    return sum / K;
  }
}
