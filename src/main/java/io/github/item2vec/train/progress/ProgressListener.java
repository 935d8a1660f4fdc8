package io.github.item2vec.train.progress;

/**
 * Told on the driver how far a training is: about as often as executors send heartbeats, in local
 * mode after each epoch, after each chunk of a distributed training, and when it has ended.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Called by one thread at a time; it should return soon. */
  void progressed(TrainingProgress progress);
}
