package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.IntList;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What one slice of a chunk needs and gives: the rows that its baskets touch, then the gradients by
 * them. Baskets go in batches of 64, each with candidates of its own. O(touched rows) vectors. For
 * one thread.
 */
public final class Share {
  private static final int BATCH = BatchMath.BASKETS;

  private final BasketSteps model;
  private final TrainingSettings settings;
  private final int epoch;
  private final int slot;
  private final int[][] baskets;
  private final int[] inputItems;
  private final int[] outputItems;

  Share(BasketSteps model, int epoch, int slot, int[][] baskets) {
    this.model = model;
    this.settings = model.settings();
    this.epoch = epoch;
    this.slot = slot;
    int[] order = SequenceOrder.permutation(baskets.length, settings.seed(epoch, slot));
    this.baskets = Arrays.stream(order).mapToObj(i -> baskets[i]).toArray(int[][]::new);
    IntList inputs = new IntList();
    IntList outputs = new IntList();
    touched(inputs, outputs);
    this.inputItems = distinct(inputs);
    this.outputItems =
        model.movesAll() ? IntStream.range(0, model.parts().items()).toArray() : distinct(outputs);
  }

  private static int[] distinct(IntList items) {
    return Arrays.stream(items.toArray()).sorted().distinct().toArray();
  }

  private void touched(IntList inputs, IntList outputs) {
    Basket basket = new Basket(0, settings.contextWeight());
    for (int from = 0; from < baskets.length; from += BATCH) {
      SplittableRandom random = dealing(from);
      for (int b = from; b < end(from); b++) {
        basket.deal(baskets[b], settings.inputDropout(), random);
        inputs.addAll(basket.items, 0, basket.contexts);
        outputs.addAll(basket.items, basket.firstPositive(), basket.items.length);
      }
      if (!model.movesAll()) {
        outputs.addAll(Candidates.drawn(settings.negative(), model.draws().sampler(), random));
      }
    }
  }

  private int end(int from) {
    return Math.min(baskets.length, from + BATCH);
  }

  /** Deals the baskets of a batch, then draws its candidates. */
  private SplittableRandom dealing(int from) {
    return new SplittableRandom(settings.seed(epoch, slot, from, 0));
  }

  private SplittableRandom dropping(int from) {
    return new SplittableRandom(settings.seed(epoch, slot, from, 1));
  }

  public int baskets() {
    return baskets.length;
  }

  /** Items whose input rows it needs, rising. */
  public int[] inputItems() {
    return inputItems;
  }

  /** Items whose output rows it needs, rising. */
  public int[] outputItems() {
    return outputItems;
  }

  /**
   * The gradients of the mean loss of a chunk.
   *
   * @param input rows of {@link #inputItems}, padded
   * @param output rows of {@link #outputItems}, padded
   * @param chunkBaskets baskets of the whole chunk
   */
  public Gradients gradients(float[][] input, float[][] output, long chunkBaskets) {
    int[] items =
        IntStream.concat(Arrays.stream(inputItems), Arrays.stream(outputItems))
            .sorted()
            .distinct()
            .toArray();
    float[][] inputs = spread(inputItems, input, items);
    float[][] outputs = spread(outputItems, output, items);
    int padded = RowMath.padded(settings.vectorSize());
    RowSums inputSums = new RowSums(items.length, padded);
    RowSums outputSums = new RowSums(items.length, padded);
    float scale = (float) (1.0 / chunkBaskets);
    double loss = 0;
    double weight = 0;
    try (Workers one = new Workers(1)) {
      int most = model.movesAll() ? items.length : settings.negative();
      BatchStep step = new BatchStep(model.loss(), settings.negative(), most, padded, one);
      List<Basket> slots = new ArrayList<>();
      for (int b = 0; b < BATCH; b++) {
        slots.add(new Basket(padded, settings.contextWeight()));
      }
      for (int from = 0; from < baskets.length; from += BATCH) {
        List<Basket> batch = slots.subList(0, end(from) - from);
        SplittableRandom random = dealing(from);
        SplittableRandom drops = dropping(from);
        for (int b = 0; b < batch.size(); b++) {
          Basket basket = batch.get(b);
          basket.deal(places(baskets[from + b], items), settings.inputDropout(), random);
          if (settings.hiddenDropout() > 0) {
            basket.dropHidden(settings.hiddenDropout(), drops);
          }
          weight += basket.weight();
        }
        Candidates candidates = candidates(items, outputs, random);
        loss += step.run(batch, candidates, scale, inputs, outputs, inputSums, outputSums);
      }
    }
    return new Gradients(
        inputSums.of(inputItems, items), outputSums.of(outputItems, items), loss, weight);
  }

  private Candidates candidates(int[] items, float[][] outputs, SplittableRandom random) {
    if (model.loss() == Loss.SOFTMAX) {
      return Candidates.all(outputs);
    }
    int[] drawn = Candidates.drawn(settings.negative(), model.draws().sampler(), random);
    return Candidates.of(
        drawn, places(drawn, items), settings.negative(), model.draws().probabilities(), outputs);
  }

  private static int[] places(int[] some, int[] items) {
    return Arrays.stream(some).map(item -> Arrays.binarySearch(items, item)).toArray();
  }

  private static float[][] spread(int[] some, float[][] rows, int[] items) {
    float[][] all = new float[items.length][];
    for (int i = 0; i < some.length; i++) {
      all[Arrays.binarySearch(items, some[i])] = rows[i];
    }
    return all;
  }

  /**
   * By the rows of a share.
   *
   * @param input by {@link Share#inputItems}, padded; null where nothing was added
   * @param output by {@link Share#outputItems}, likewise
   * @param loss weighted sum of the positives' losses, in nats
   * @param weight of the positives
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Gradients(float[][] input, float[][] output, double loss, double weight) {}

  /** Sums of gradients by row; a row is told once per batch. */
  private static final class RowSums implements RowUpdate {
    private final float[][] sums;
    private final int columns;

    RowSums(int rows, int columns) {
      this.sums = new float[rows][];
      this.columns = columns;
    }

    @Override
    public void row(int row, float[] gradient, int at) {
      if (sums[row] == null) {
        sums[row] = new float[columns];
      }
      for (int d = 0; d < columns; d++) {
        sums[row][d] += gradient[at + d];
      }
    }

    float[][] of(int[] some, int[] items) {
      return Arrays.stream(places(some, items)).mapToObj(i -> sums[i]).toArray(float[][]::new);
    }
  }
}
