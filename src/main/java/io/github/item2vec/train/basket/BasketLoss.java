package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.Exponential;
import io.github.item2vec.math.Logistic;
import io.github.item2vec.train.epoch.Loss;
import java.util.List;

/**
 * Products of baskets with candidates and targets to gradients, in place: first slice by slice,
 * then basket by basket, then what both say to the slices again. All numbers are by one batch and
 * its candidates.
 */
final class BasketLoss {
  private final Loss loss;
  private final int negative;
  private final List<Basket> batch;
  private final Candidates candidates;
  private final Incidence positives;

  /** What the gradients are multiplied by. */
  private final float scale;

  BasketLoss(
      Loss loss,
      int negative,
      List<Basket> batch,
      Candidates candidates,
      Incidence positives,
      float scale) {
    this.loss = loss;
    this.negative = negative;
    this.batch = batch;
    this.candidates = candidates;
    this.positives = positives;
    this.scale = scale;
  }

  /** What a slice can do by itself; {@link Slice#loss} becomes its part of the loss. */
  void prepare(Slice slice) {
    slice.loss = 0;
    switch (loss) {
      case AUTO -> throw new IllegalStateException("loss is not resolved");
      case SOFTMAX -> {
        positives.between(slice.from, slice.to, (entry, item) -> softmax(slice, entry, item));
        slice.exponentials(-Float.MAX_VALUE);
      }
      case SAMPLED_SOFTMAX -> {
        correct(slice);
        exclude(slice);
        slice.exponentials(0); // so that no exponential of a positive overflows
      }
      case NEGATIVE_SAMPLING -> {
        exclude(slice);
        negativeSampling(slice);
      }
    }
  }

  private void softmax(Slice slice, int entry, int item) {
    int b = positives.basket(entry);
    Basket basket = batch.get(b);
    float weight = basket.weight(basket.firstPositive() + positives.place(entry));
    slice.loss -= (double) weight * slice.products[(item - slice.from) * BatchMath.BASKETS + b];
  }

  private void correct(Slice slice) {
    for (int i = 0; i < slice.size(); i++) {
      float logExpected = candidates.logExpected(slice.from + i);
      for (int b = 0; b < BatchMath.BASKETS; b++) {
        slice.products[i * BatchMath.BASKETS + b] -= logExpected;
      }
    }
  }

  /** Sets the products of candidates that the basket holds to minus infinity. */
  private void exclude(Slice slice) {
    for (int b = 0; b < batch.size(); b++) {
      for (int column : batch.get(b).own) {
        if (column >= slice.from && column < slice.to) {
          slice.products[(column - slice.from) * BatchMath.BASKETS + b] = Float.NEGATIVE_INFINITY;
        }
      }
    }
  }

  /** {@code negative} draws for each positive, spread over the candidates not in the basket. */
  private void negativeSampling(Slice slice) {
    for (int b = 0; b < batch.size(); b++) {
      float weight = batch.get(b).weight() * (float) negative / Math.max(1, candidates.size());
      for (int place = b; place < slice.size() * BatchMath.BASKETS; place += BatchMath.BASKETS) {
        if (slice.products[place] == Float.NEGATIVE_INFINITY) {
          slice.products[place] = 0;
        } else {
          float miss = Logistic.sigmoid(slice.products[place]);
          slice.loss -= weight * Math.log(1 - miss);
          slice.products[place] = miss * weight * scale;
        }
      }
    }
  }

  /**
   * Brings the slices together for a basket: their factors, and gradients in {@link
   * Basket#positive}.
   *
   * @param b the basket's place in the batch
   * @return the weighted sum of the positives' losses, without what the slices hold
   */
  double combine(int b, Slice[] slices) {
    Basket basket = batch.get(b);
    return switch (loss) {
      case AUTO -> throw new IllegalStateException("loss is not resolved");
      case SOFTMAX -> softmax(basket, b, slices);
      case SAMPLED_SOFTMAX -> sampledSoftmax(basket, b, slices);
      case NEGATIVE_SAMPLING -> negativeSampling(basket);
    };
  }

  /** Each positive on its own against all items. */
  private double softmax(Basket basket, int b, Slice[] slices) {
    float largest = largest(-Float.MAX_VALUE, b, slices);
    double sum = sum(largest, b, slices);
    share(basket.weight() * scale / sum, largest, b, slices);
    return basket.weight() * (Math.log(sum) + largest);
  }

  /** Each positive on its own against the candidates that the basket does not hold. */
  private double sampledSoftmax(Basket basket, int b, Slice[] slices) {
    float largest = largest(0, b, slices);
    for (int t = 0; t < basket.positives(); t++) {
      largest = Math.max(largest, basket.positive[t]);
    }
    double sum = sum(largest, b, slices);
    double loss = 0;
    double mass = 0;
    for (int t = 0; t < basket.positives(); t++) {
      float weight = basket.weight(basket.firstPositive() + t);
      double own = Math.max(Exponential.exp(basket.positive[t] - largest), Float.MIN_NORMAL);
      double hit = own / (own + sum);
      loss -= weight * Math.log(hit);
      mass += weight / (own + sum);
      basket.positive[t] = (float) ((hit - 1) * weight * scale);
    }
    share(mass * scale, largest, b, slices);
    return loss;
  }

  private double negativeSampling(Basket basket) {
    double loss = 0;
    for (int t = 0; t < basket.positives(); t++) {
      float own = basket.weight(basket.firstPositive() + t);
      float hit = Logistic.sigmoid(basket.positive[t]);
      loss -= own * Math.log(hit);
      basket.positive[t] = (hit - 1) * own * scale;
    }
    return loss;
  }

  private static float largest(float least, int b, Slice[] slices) {
    float largest = least;
    for (Slice slice : slices) {
      largest = Math.max(largest, slice.largest[b]);
    }
    return largest;
  }

  private static double sum(float largest, int b, Slice[] slices) {
    double sum = 0;
    for (Slice slice : slices) {
      sum += (double) slice.sums[b] * Exponential.exp(slice.largest[b] - largest);
    }
    return sum;
  }

  private static void share(double share, float largest, int b, Slice[] slices) {
    for (Slice slice : slices) {
      slice.factors[b] = (float) (share * Exponential.exp(slice.largest[b] - largest));
    }
  }

  /** Turns what is in the products of a slice into gradients. */
  void finish(Slice slice) {
    if (loss != Loss.NEGATIVE_SAMPLING) {
      slice.scale();
    }
    if (loss == Loss.SOFTMAX) {
      positives.between(slice.from, slice.to, (entry, item) -> hit(slice, entry, item));
    }
  }

  private void hit(Slice slice, int entry, int item) {
    int b = positives.basket(entry);
    Basket basket = batch.get(b);
    float weight = basket.weight(basket.firstPositive() + positives.place(entry));
    slice.products[(item - slice.from) * BatchMath.BASKETS + b] -= weight * scale;
  }
}
