package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One basket in a batch: its items are dealt at random into context and targets, and its scratch
 * arrays hold the prediction. Used by one thread at a time.
 */
final class Basket {
  /** Distinct items: the context, then the targets. */
  int[] items = new int[0];

  /** Items of the context; at least one. */
  int contexts;

  /** Mean input vector of the context. */
  final float[] hidden;

  /** Gradient of the loss by {@link #hidden}. */
  final float[] error;

  /** Product with each candidate, then the gradient by it. */
  float[] products = new float[0];

  /** Product with each target, then the gradient by it; unused by the full softmax. */
  float[] positive = new float[0];

  Basket(int paddedSize) {
    this.hidden = new float[paddedSize];
    this.error = new float[paddedSize];
  }

  int targets() {
    return items.length - contexts;
  }

  /** Leaves each item out of the context with probability {@code dropout}; one stays at least. */
  void deal(int[] basket, double dropout, SplittableRandom random) {
    items = basket.clone();
    contexts = 0;
    for (int i = 0; i < items.length; i++) {
      if (random.nextDouble() >= dropout) {
        swap(contexts++, i);
      }
    }
    if (contexts == 0) {
      swap(contexts++, random.nextInt(items.length));
    }
  }

  private void swap(int i, int j) {
    int item = items[i];
    items[i] = items[j];
    items[j] = item;
  }

  /** Predicts: fills hidden, products and positive. */
  void predict(RowMath math, float[][] input, float[][] output, Candidates candidates) {
    Arrays.fill(hidden, 0);
    for (int i = 0; i < contexts; i++) {
      math.add(1f / contexts, input[items[i]], hidden);
    }
    if (products.length < candidates.size()) {
      products = new float[candidates.size()];
    }
    math.dots(hidden, candidates.rows(), 0, candidates.size(), products, 0);
    if (!candidates.all()) {
      positive = new float[targets()];
      for (int t = 0; t < positive.length; t++) {
        positive[t] = math.dot(hidden, output[items[contexts + t]]);
      }
    }
  }

  /** Fills error from the gradients in products and positive. */
  void propagate(RowMath math, float[][] output, Candidates candidates) {
    Arrays.fill(error, 0);
    math.addAll(products, 0, 1, candidates.rows(), 0, candidates.size(), error);
    if (!candidates.all()) {
      for (int t = 0; t < positive.length; t++) {
        math.add(positive[t], output[items[contexts + t]], error);
      }
    }
  }
}
