package io.github.item2vec.train.epoch;

import java.io.Serializable;

/**
 * What an epoch came to.
 *
 * @param epoch from 1
 * @param loss mean loss of a prediction, in nats
 * @param validation the validation metric, NaN without validation
 * @param seconds of training, without the validation; NaN for an epoch read from a checkpoint
 */
public record EpochResult(int epoch, double loss, double validation, double seconds)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public String toString() {
    return Double.isNaN(validation)
        ? "epoch %d: loss %.4f".formatted(epoch, loss)
        : "epoch %d: loss %.4f, validation %.4f".formatted(epoch, loss, validation);
  }
}
