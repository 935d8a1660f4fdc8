package io.github.item2vec.train;

import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.onetask.OneTaskTraining;
import java.io.Serializable;
import java.util.List;

/**
 * How a training went; known to the model that {@code fit} returns, not saved with it.
 *
 * @param losses mean loss of a prediction in each epoch, in nats: for negative sampling minus the
 *     log-likelihood of a positive pair and of its negatives
 * @param validation map@10 on the validation column after each epoch; empty without one
 * @param epochSeconds of training in each epoch, without validation; NaN for epochs that a
 *     checkpoint had behind it
 * @param bestEpoch the epoch, from 1, whose vectors the model has: with early stopping the one with
 *     the best validation metric, else the last
 * @param items distinct items that got vectors
 * @param itemsPerEpoch occurrences of these items in the sequences
 * @param seconds from the call of {@code fit} to the model
 */
public record TrainingSummary(
    List<Double> losses,
    List<Double> validation,
    List<Double> epochSeconds,
    int bestEpoch,
    int items,
    long itemsPerEpoch,
    double seconds)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static TrainingSummary of(
      List<EpochResult> results, boolean keepsBest, Vocabulary vocabulary, double seconds) {
    return new TrainingSummary(
        results.stream().map(EpochResult::loss).toList(),
        results.stream().map(EpochResult::validation).filter(m -> !m.isNaN()).toList(),
        results.stream().map(EpochResult::seconds).toList(),
        keepsBest ? OneTaskTraining.bestEpoch(results) + 1 : results.size(),
        vocabulary.size(),
        vocabulary.occurrences(),
        seconds);
  }

  /** Epochs trained. */
  public int totalIterations() {
    return losses.size();
  }

  /** Items of the sequences gone through in a second, all epochs. */
  public double itemsPerSecond() {
    return itemsPerEpoch * (double) losses.size() / seconds;
  }
}
