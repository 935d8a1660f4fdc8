package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Workers;

/**
 * What the order of histories says, next to the vectors of a training: until {@link #joinEpoch}
 * some sequences hide their tails, then these are measured on and join. One thread tells it where
 * the training is.
 */
public final class HistoryModel {
  /** Mixed with a training's seed for what is measured. */
  static final long SALT = 0x1a9;

  private final Histories histories;
  private final int joinEpoch;
  private final int items;
  private final long seed;
  private final float[][] state;

  /**
   * @param sequences see {@link Histories}
   * @param epochs of the training
   * @param padded length of a row of {@link #state}
   */
  public HistoryModel(int[][] sequences, int items, int epochs, long seed, int padded) {
    this.histories = new Histories(sequences, seed);
    this.joinEpoch = histories.measurable() ? Histories.joinEpoch(epochs) : 0;
    this.items = items;
    this.seed = Mixing.mix(seed, SALT);
    this.state = Fitted.rows(padded);
  }

  /** Epochs before this one, from 0, do without the tails. */
  public int joinEpoch() {
    return joinEpoch;
  }

  /** What an epoch trains on. */
  public int[][] sequences(int epoch) {
    return epoch < joinEpoch ? histories.early() : histories.whole();
  }

  /** To be told before each epoch. */
  public void before(int epoch, float[][] input, float[][] output, Workers workers) {
    if (epoch == joinEpoch && epoch > 0) {
      measure(input, output, workers);
    }
  }

  private void measure(float[][] input, float[][] output, Workers workers) {
    HistoryFit.of(histories, input, output, seed, workers).to(state);
  }

  /** The rule at the end of a training; measured now when it ended before the tails joined. */
  public ProfileRule rule(float[][] input, float[][] output, Workers workers) {
    if (!histories.measurable()) {
      ItemTable none = ItemTable.empty(items);
      return Fitted.none().rule(none, none);
    }
    if (!Fitted.isIn(state)) {
      measure(input, output, workers);
    }
    return Fitted.of(state).rule(histories.whole(), items, workers);
  }

  /** What was measured, as a checkpoint keeps it; zeros before. */
  public float[][] state() {
    return state;
  }
}
