package io.github.item2vec.train.epoch;

import io.github.item2vec.recommend.ProfileRule;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A training in the memory of one task that goes epoch by epoch. An epoch depends on its number, on
 * the settings and on the vectors that it finds alone, so it can be taken up again after any epoch.
 */
public interface EpochTrainer extends AutoCloseable {
  /**
   * Trains one epoch.
   *
   * @param epoch from 0
   * @param itemsTrained told now and then how many items of the sequences were gone through
   * @return the mean loss of a prediction, in nats
   */
  double trainEpoch(int epoch, LongConsumer itemsTrained);

  /** Step size at the end of an epoch, for messages. */
  double stepSize(int epoch);

  /** Input vector of an item, padded; the trainer's own array. */
  float[] input(int item);

  /** Output vector of an item, padded; the trainer's own array. */
  float[] output(int item);

  /** All that the next epoch depends on: matrices by rows, vectors first; the trainer's own. */
  List<float[][]> state();

  /** How a context becomes scores with these vectors; after the last epoch. */
  ProfileRule rule();

  /**
   * Checks the vectors after an epoch.
   *
   * @throws ArithmeticException when a value is no finite number; names epoch and step size
   */
  default void requireFinite(int epoch) {
    for (float[][] matrix : state()) {
      requireFinite(matrix, epoch, stepSize(epoch));
    }
  }

  /** Checks the vectors of one matrix; see {@link #requireFinite(int)}. */
  static void requireFinite(float[][] matrix, int epoch, double stepSize) {
    for (float[] vector : matrix) {
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          throw new ArithmeticException(
              "epoch %d (step size %s) left a vector with %s: use a smaller stepSize"
                  .formatted(epoch + 1, stepSize, value));
        }
      }
    }
  }

  @Override
  void close();
}
