package io.github.item2vec.train.checkpoint;

import java.io.Serializable;

/**
 * What goes on around the epochs of a training.
 *
 * @param earlyStopping epochs without a better validation metric after which it stops; 0 = never
 * @param checkpoints where it is saved; null = nowhere
 * @param checkpointInterval epochs between two checkpoints
 */
public record TrainingControl(
    int earlyStopping, CheckpointDirectory checkpoints, int checkpointInterval)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether a checkpoint is to be written after so many epochs. */
  public boolean saves(int epochs) {
    return checkpoints != null && epochs % checkpointInterval == 0;
  }

  /** With the checkpoints of one training. */
  public TrainingControl of(Fingerprint training) {
    return checkpoints == null
        ? this
        : new TrainingControl(earlyStopping, checkpoints.of(training.text()), checkpointInterval);
  }
}
