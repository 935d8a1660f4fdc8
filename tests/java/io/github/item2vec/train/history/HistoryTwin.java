package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Workers;

/** What one task with all vectors measures, for tests of the tasks that do it together. */
public final class HistoryTwin {
  private HistoryTwin() {}

  /**
   * Measures.
   *
   * @param chosen whole, in the order of their hashes
   * @param early all sequences without what is hidden
   * @param seed of the training
   */
  public static Fitted fitted(
      int[][] chosen, int[][] early, float[][] input, float[][] output, long seed) {
    try (Workers workers = new Workers(2)) {
      long mixed = Mixing.mix(seed, HistoryModel.SALT);
      return HistoryFit.of(chosen, early, input, output, mixed, workers);
    }
  }
}
