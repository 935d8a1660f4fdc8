package io.github.item2vec.train.basket;

import io.github.item2vec.math.RowMath;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One basket in a batch: its items are dealt at random into context and targets, and its scratch
 * arrays hold the hidden vector and what is predicted of single items. Used by one thread at a
 * time.
 */
final class Basket {
  /** Distinct items: the context, then the targets. */
  int[] items = new int[0];

  /** Items of the context; at least one. */
  int contexts;

  /** Mean input vector of the context, some of its values dropped. */
  final float[] hidden;

  /** What the values of {@link #hidden} are multiplied by: 0 for a dropped one. */
  final float[] mask;

  /** Weight of the context's items as targets; 0 when only the items left out are. */
  private final float contextWeight;

  /** Gradient of the loss by {@link #hidden}. */
  final float[] error;

  /** Columns of those of the items that are drawn candidates; unused by the full softmax. */
  int[] own = new int[0];

  /** Product with each of the positives, then the gradient by it; unused by the full softmax. */
  float[] positive = new float[0];

  Basket(int paddedSize, double contextWeight) {
    this.hidden = new float[paddedSize];
    this.error = new float[paddedSize];
    this.mask = new float[paddedSize];
    this.contextWeight = (float) contextWeight;
    Arrays.fill(mask, 1);
  }

  /** Place in items of the first that the loss wants: the positives run from here to the end. */
  int firstPositive() {
    return contextWeight > 0 ? 0 : contexts;
  }

  int positives() {
    return items.length - firstPositive();
  }

  /** Weight in the loss of the item at a place in items. */
  float weight(int place) {
    return place < contexts ? contextWeight : 1;
  }

  /** Sum of the positives' weights. */
  float weight() {
    return items.length - contexts + contextWeight * contexts;
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

  /** Drops each value of the hidden vector with this probability and scales up the others. */
  void dropHidden(double dropout, SplittableRandom random) {
    float kept = (float) (1 / (1 - dropout));
    for (int d = 0; d < mask.length; d++) {
      mask[d] = random.nextDouble() < dropout ? 0 : kept;
    }
  }

  private void swap(int i, int j) {
    int item = items[i];
    items[i] = items[j];
    items[j] = item;
  }

  /** Fills hidden, and own for drawn candidates. */
  void embed(RowMath math, float[][] input, Candidates candidates) {
    Arrays.fill(hidden, 0);
    for (int i = 0; i < contexts; i++) {
      math.add(1f / contexts, input[items[i]], hidden);
    }
    for (int d = 0; d < hidden.length; d++) {
      hidden[d] *= mask[d];
    }
    if (!candidates.all()) {
      own = Arrays.stream(items).map(candidates::column).filter(column -> column >= 0).toArray();
    }
  }

  /** Fills positive with the products, one by one. */
  void predictPositives(RowMath math, float[][] output) {
    positive = new float[positives()];
    for (int t = 0; t < positive.length; t++) {
      positive[t] = math.dot(hidden, output[items[firstPositive() + t]]);
    }
  }

  /** Fills error from the gradients in positive; without them it is zero. */
  void propagatePositives(RowMath math, float[][] output) {
    Arrays.fill(error, 0);
    for (int t = 0; t < positive.length; t++) {
      math.add(positive[t], output[items[firstPositive() + t]], error);
    }
  }
}
