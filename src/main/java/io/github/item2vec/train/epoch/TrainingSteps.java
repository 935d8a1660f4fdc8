package io.github.item2vec.train.epoch;

import java.io.Serializable;

/** A training as arithmetic on pieces that share nothing, broadcast to the tasks that do it. */
public interface TrainingSteps extends Serializable {
  TrainingSettings settings();

  /** How an epoch is cut. */
  Slots slots();

  /** How the items are dealt out. */
  Parts parts();
}
