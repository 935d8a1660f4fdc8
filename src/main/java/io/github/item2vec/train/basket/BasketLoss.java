package io.github.item2vec.train.basket;

import io.github.item2vec.math.Exponential;
import io.github.item2vec.math.Logistic;
import io.github.item2vec.train.epoch.Loss;

/** Products of a basket with its candidates and targets to gradients, in place. */
final class BasketLoss {
  private final Loss loss;
  private final int negative;

  BasketLoss(Loss loss, int negative) {
    this.loss = loss;
    this.negative = negative;
  }

  /**
   * Turns {@link Basket#products} and {@link Basket#positive} into gradients times {@code scale}.
   *
   * @return the weighted sum of the positives' losses, in nats
   */
  double gradients(Basket basket, Candidates candidates, float scale) {
    return switch (loss) {
      case AUTO -> throw new IllegalStateException("loss is not resolved");
      case SOFTMAX -> softmax(basket, candidates.size(), scale);
      case SAMPLED_SOFTMAX -> sampledSoftmax(basket, candidates, scale);
      case NEGATIVE_SAMPLING -> negativeSampling(basket, candidates, scale);
    };
  }

  /** Each positive on its own against all items. */
  private static double softmax(Basket basket, int items, float scale) {
    float[] products = basket.products;
    float largest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < items; j++) {
      largest = Math.max(largest, products[j]);
    }
    double loss = 0;
    for (int t = basket.firstPositive(); t < basket.items.length; t++) {
      loss -= basket.weight(t) * (products[basket.items[t]] - largest);
    }
    double sum = 0;
    for (int j = 0; j < items; j++) {
      products[j] = Exponential.exp(products[j] - largest);
      sum += products[j];
    }
    loss += basket.weight() * Math.log(sum);
    float share = (float) (basket.weight() * scale / sum);
    for (int j = 0; j < items; j++) {
      products[j] *= share;
    }
    for (int t = basket.firstPositive(); t < basket.items.length; t++) {
      products[basket.items[t]] -= basket.weight(t) * scale;
    }
    return loss;
  }

  /** Each positive on its own against the candidates that the basket does not hold. */
  private static double sampledSoftmax(Basket basket, Candidates candidates, float scale) {
    int size = candidates.size();
    float[] products = basket.products;
    for (int j = 0; j < size; j++) {
      products[j] -= candidates.logExpected(j);
    }
    exclude(basket, candidates);
    float largest = 0; // no exponential of a positive or candidate overflows
    for (int j = 0; j < size; j++) {
      largest = Math.max(largest, products[j]);
    }
    for (int t = 0; t < basket.positives(); t++) {
      largest = Math.max(largest, basket.positive[t]);
    }
    double sum = 0;
    for (int j = 0; j < size; j++) {
      products[j] = Exponential.exp(products[j] - largest);
      sum += products[j];
    }
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
    float share = (float) (mass * scale);
    for (int j = 0; j < size; j++) {
      products[j] *= share;
    }
    return loss;
  }

  /** Each positive, and {@code negative} draws spread over the candidates not in the basket. */
  private double negativeSampling(Basket basket, Candidates candidates, float scale) {
    int size = candidates.size();
    float[] products = basket.products;
    double loss = 0;
    for (int t = 0; t < basket.positives(); t++) {
      float own = basket.weight(basket.firstPositive() + t);
      float hit = Logistic.sigmoid(basket.positive[t]);
      loss -= own * Math.log(hit);
      basket.positive[t] = (hit - 1) * own * scale;
    }
    float weight = basket.weight() * (float) negative / Math.max(1, size);
    exclude(basket, candidates);
    for (int j = 0; j < size; j++) {
      if (products[j] == Float.NEGATIVE_INFINITY) {
        products[j] = 0;
      } else {
        float miss = Logistic.sigmoid(products[j]);
        loss -= weight * Math.log(1 - miss);
        products[j] = miss * weight * scale;
      }
    }
    return loss;
  }

  /** Sets the products of candidates that the basket holds to minus infinity. */
  private static void exclude(Basket basket, Candidates candidates) {
    for (int item : basket.items) {
      int column = candidates.column(item);
      if (column >= 0) {
        basket.products[column] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}
