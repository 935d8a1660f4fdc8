package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of a batch as products of matrices, baskets x columns with candidates x columns. The
 * candidates are read twice: once for the products and what softmax needs of them, once for the
 * gradients; a candidate's own gradient is handed on at once, while it is in the cache, and never
 * written out. Threads share baskets, slices of candidates, columns; each sum has one order.
 */
final class BatchStep {
  private final RowMath rowMath = RowMath.best();
  private final Workers workers;
  private final Loss kind;
  private final int negative;
  private final HiddenVectors hidden;
  private final Slice[] slices;
  private final double[] losses;

  private List<Basket> batch;
  private Candidates candidates;
  private Incidence contexts;
  private Incidence positives;

  /**
   * @param negative draws for each positive of {@link Loss#NEGATIVE_SAMPLING}
   * @param most candidates of a batch at most
   * @param columns of a padded row
   */
  BatchStep(Loss kind, int negative, int most, int columns, Workers workers) {
    this.kind = kind;
    this.negative = negative;
    this.workers = workers;
    this.hidden = new HiddenVectors(columns);
    this.slices = Slice.of(BatchMath.best(), most, columns);
    this.losses = new double[BatchMath.BASKETS];
  }

  /**
   * Computes the gradients of the mean loss of a batch.
   *
   * @param batch at most 64 dealt baskets; their hidden vectors and errors are filled
   * @param scale what the gradients are multiplied by
   * @param inputs told of each item of a context
   * @param outputs told of each candidate and each positive, by item, when its row is needed no
   *     more
   * @return the weighted sum of the positives' losses, in nats
   */
  double run(
      List<Basket> batch,
      Candidates candidates,
      float scale,
      float[][] input,
      float[][] output,
      RowUpdate inputs,
      RowUpdate outputs) {
    begin(batch, candidates, input, inputs);
    BasketLoss loss = new BasketLoss(kind, negative, batch, candidates, positives, scale);
    workers.run(
        slices.length,
        s -> {
          slices[s].predict(candidates.rows(), hidden);
          loss.prepare(slices[s]);
        });
    workers.run(batch.size(), b -> losses[b] = combine(loss, b, output));
    workers.run(
        slices.length,
        s -> {
          loss.finish(slices[s]);
          slices[s].propagate(
              candidates.rows(), hidden, (row, sum, at) -> candidate(row, sum, at, outputs));
        });
    if (!candidates.all()) {
      int[] rest =
          Arrays.stream(positives.items()).filter(item -> candidates.column(item) < 0).toArray();
      sums(rest, (item, sum) -> addPositives(item, sum, 0), outputs);
    }
    workers.run(batch.size(), this::sumErrors);
    sums(contexts.items(), this::addContexts, inputs);
    return Arrays.stream(losses, 0, batch.size()).sum()
        + Arrays.stream(slices).mapToDouble(slice -> slice.loss).sum();
  }

  private void begin(List<Basket> batch, Candidates candidates, float[][] input, RowUpdate inputs) {
    this.batch = batch;
    this.candidates = candidates;
    workers.run(
        2,
        i -> {
          if (i == 0) {
            positives = Incidence.ofPositives(batch);
          } else {
            contexts = Incidence.ofContexts(batch);
          }
        });
    for (Slice slice : slices) {
      slice.limit(candidates.size());
    }
    if (candidates.all()) {
      int[] items = contexts.items();
      workers.ranges(
          items.length, (from, to) -> Arrays.stream(items, from, to).forEach(inputs::before));
    }
    workers.run(batch.size(), b -> batch.get(b).embed(rowMath, input, candidates));
    hidden.pack(batch);
  }

  private double combine(BasketLoss loss, int b, float[][] output) {
    Basket basket = batch.get(b);
    if (!candidates.all()) {
      basket.predictPositives(rowMath, output);
    }
    double result = loss.combine(b, slices);
    basket.propagatePositives(rowMath, output);
    return result;
  }

  private void candidate(int row, float[] sum, int at, RowUpdate outputs) {
    int item = candidates.item(row);
    if (!candidates.all()) {
      addPositives(item, sum, at);
    }
    outputs.row(item, sum, at);
  }

  private void addPositives(int item, float[] sum, int at) {
    positives.forEach(
        item,
        entry -> {
          Basket basket = batch.get(positives.basket(entry));
          add(basket.positive[positives.place(entry)], basket.hidden, sum, at);
        });
  }

  private void addContexts(int item, float[] sum) {
    contexts.forEach(
        item,
        entry -> {
          Basket basket = batch.get(contexts.basket(entry));
          add(1f / basket.contexts, basket.error, sum, 0);
        });
  }

  private static void add(float factor, float[] x, float[] y, int at) {
    for (int d = 0; d < x.length; d++) {
      y[at + d] = Math.fma(factor, x[d], y[at + d]);
    }
  }

  /** Adds the slices' shares to a basket's error; then its mask. */
  private void sumErrors(int b) {
    Basket basket = batch.get(b);
    for (Slice slice : slices) {
      add(slice.errors, b * basket.error.length, basket.error);
    }
    for (int d = 0; d < basket.error.length; d++) {
      basket.error[d] *= basket.mask[d];
    }
  }

  private static void add(float[] x, int at, float[] y) {
    for (int d = 0; d < y.length; d++) {
      y[d] += x[at + d];
    }
  }

  /** Sums up the gradient by a row. */
  private interface Gradient {
    void add(int item, float[] sum);
  }

  private void sums(int[] items, Gradient gradient, RowUpdate update) {
    workers.ranges(
        items.length,
        (from, to) -> {
          float[] sum = new float[hidden.columns()];
          for (int i = from; i < to; i++) {
            Arrays.fill(sum, 0);
            gradient.add(items[i], sum);
            update.row(items[i], sum, 0);
          }
        });
  }
}
