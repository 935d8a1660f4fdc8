package io.github.item2vec.train.onetask;

import io.github.item2vec.train.basket.BasketTrainer;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.window.WindowSteps;
import io.github.item2vec.train.window.WindowTrainer;
import java.util.Arrays;

/** Chooses the trainer of an architecture. */
public final class EpochTrainers {
  private EpochTrainers() {}

  /**
   * The trainer of these settings.
   *
   * @param counts of each item, by index; >= 1
   * @param sequences in any order; reordered in place
   * @param threads that may train at once; does not change the result
   */
  public static EpochTrainer of(
      TrainingSettings settings, long[] counts, Sequence[] sequences, int threads) {
    if (settings.architecture() == Architecture.BASKET) {
      int[][] baskets = Arrays.stream(sequences).map(Sequence::items).toArray(int[][]::new);
      return new BasketTrainer(settings, counts, baskets, threads);
    }
    Slots slots = Slots.inOneTask(settings.parts(counts.length), Arrays.stream(counts).sum());
    return new WindowTrainer(new WindowSteps(settings, slots, counts), sequences, threads);
  }
}
