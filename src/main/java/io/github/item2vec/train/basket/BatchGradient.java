package io.github.item2vec.train.basket;

import io.github.item2vec.math.RowMath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Gradients of a batch by single rows, summed in the order of the baskets. Any thread may ask. */
final class BatchGradient {
  private final RowMath math;
  private final List<Basket> batch;
  private final Candidates candidates;
  private final float[][] hidden;
  private final Incidence contexts;
  private final Incidence positives;
  private final int[] inputs;
  private final int[] outputs;

  /**
   * @param everyItem 0 .. items - 1: what moves when all items are candidates
   */
  BatchGradient(RowMath math, List<Basket> batch, Candidates candidates, int[] everyItem) {
    this.math = math;
    this.batch = batch;
    this.candidates = candidates;
    this.hidden = batch.stream().map(basket -> basket.hidden).toArray(float[][]::new);
    this.contexts = Incidence.ofContexts(batch);
    if (candidates.all()) {
      this.positives = null;
      this.inputs = everyItem;
      this.outputs = everyItem;
    } else {
      this.positives = Incidence.ofPositives(batch);
      this.inputs = contexts.items();
      this.outputs =
          IntStream.concat(Arrays.stream(candidates.items()), Arrays.stream(positives.items()))
              .sorted()
              .distinct()
              .toArray();
    }
  }

  /** Items whose input rows move. */
  int[] inputs() {
    return inputs;
  }

  /** Items whose output rows move. */
  int[] outputs() {
    return outputs;
  }

  void ofInput(int item, float[] sum) {
    Arrays.fill(sum, 0);
    contexts.forEach(
        item,
        entry -> {
          Basket basket = batch.get(contexts.basket(entry));
          math.add(1f / basket.contexts, basket.error, sum);
        });
  }

  void ofOutput(int item, float[] sum) {
    Arrays.fill(sum, 0);
    int column = candidates.column(item);
    if (column >= 0) {
      float[] factors = new float[hidden.length];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = batch.get(i).products[column];
      }
      math.addAll(factors, 0, 1, hidden, 0, factors.length, sum);
    }
    if (positives != null) {
      positives.forEach(
          item,
          entry -> {
            Basket basket = batch.get(positives.basket(entry));
            math.add(basket.positive[positives.place(entry)], basket.hidden, sum);
          });
    }
  }
}
