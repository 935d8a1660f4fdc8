package io.github.item2vec.item2vec;

import java.io.Serializable;
import java.util.List;

/**
 * How a training went; known to the model that {@code fit} returns, not saved with it.
 *
 * @param losses mean loss of a prediction in each epoch, in nats: for negative sampling minus the
 *     log-likelihood of a positive pair and of its negatives
 * @param items distinct items that got vectors
 * @param itemsPerEpoch occurrences of these items in the sequences
 */
public record TrainingSummary(List<Double> losses, int items, long itemsPerEpoch)
    implements Serializable {
  /** Epochs trained. */
  public int totalIterations() {
    return losses.size();
  }
}
