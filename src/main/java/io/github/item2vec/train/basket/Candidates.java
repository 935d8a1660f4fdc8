package io.github.item2vec.train.basket;

import io.github.item2vec.train.epoch.NegativeSampler;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The items that the baskets of a batch score besides their targets: all of them for the full
 * softmax, else a drawn set that the batch shares.
 */
final class Candidates {
  private final int[] items;
  private final float[][] rows;

  /** Log of the expected share of draws, to correct a sampled softmax; null when all are scored. */
  private final float[] logExpected;

  private Candidates(int[] items, float[][] rows, float[] logExpected) {
    this.items = items;
    this.rows = rows;
    this.logExpected = logExpected;
  }

  static Candidates all(float[][] output) {
    return new Candidates(null, output, null);
  }

  /**
   * Draws with replacement; an item drawn twice is one candidate.
   *
   * @param probabilities of each item in one draw
   */
  static Candidates draw(
      int count,
      NegativeSampler sampler,
      double[] probabilities,
      float[][] output,
      SplittableRandom random) {
    int[] drawn = drawn(count, sampler, random);
    return of(drawn, drawn, count, probabilities, output);
  }

  /** The distinct items of some draws, rising. */
  static int[] drawn(int count, NegativeSampler sampler, SplittableRandom random) {
    int[] drawn = new int[count];
    Arrays.setAll(drawn, i -> sampler.draw(random));
    return Arrays.stream(drawn).sorted().distinct().toArray();
  }

  /**
   * Candidates that were drawn.
   *
   * @param drawn see {@link #drawn}
   * @param places of their rows in {@code output}, and their items to baskets; rising
   * @param count how often was drawn
   */
  static Candidates of(
      int[] drawn, int[] places, int count, double[] probabilities, float[][] output) {
    float[][] rows = new float[drawn.length][];
    float[] logExpected = new float[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      rows[i] = output[places[i]];
      double missed = StrictMath.exp(count * StrictMath.log1p(-probabilities[drawn[i]]));
      logExpected[i] = (float) StrictMath.log(1 - missed);
    }
    return new Candidates(places, rows, logExpected);
  }

  boolean all() {
    return items == null;
  }

  int size() {
    return rows.length;
  }

  float[][] rows() {
    return rows;
  }

  /** Item of a column. */
  int item(int column) {
    return all() ? column : items[column];
  }

  /** Column of an item; negative when it is no candidate. */
  int column(int item) {
    return all() ? item : Arrays.binarySearch(items, item);
  }

  float logExpected(int column) {
    return logExpected[column];
  }
}
