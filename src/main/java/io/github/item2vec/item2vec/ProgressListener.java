package io.github.item2vec.item2vec;

/** Told on the driver how far a training is, about as often as executors send heartbeats. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * How far the training is.
   *
   * @param epochsDone whole epochs done
   * @param epochs epochs in all
   * @param fraction of the whole training, 0 to 1
   */
  void progressed(int epochsDone, int epochs, double fraction);
}
