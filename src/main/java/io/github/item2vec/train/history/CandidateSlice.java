package io.github.item2vec.train.history;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.Block;
import java.util.Arrays;

/**
 * A range of the candidates of {@link NextItems} and all that a batch of cases computes of it:
 * products, exponentials, its share of the gradients by the profiles. Used by one thread at a time.
 */
final class CandidateSlice {
  /** Candidates of a slice: their products with a batch fill a cache of the first level. */
  static final int SIZE = 128;

  private static final int CASES = BatchMath.BASKETS;
  private static final int WIDTH = BatchMath.COLUMNS;

  private final BatchMath math = BatchMath.best();
  private final int from;
  private final int size;
  private final int columns;

  /** A row per candidate, filled up with zeros to whole blocks. */
  private final float[] byRow;

  /**
   * Product of candidate from + i and case b at i * 64 + b; minus infinity for what is left out.
   */
  private final float[] products;

  private final float[] exponentials;
  private final float[] largest = new float[CASES];
  private final float[] sums = new float[CASES];

  /** The sum of exponential times row of case b from b * columns on. */
  private final float[] errors;

  private CandidateSlice(float[][] rows, int from, int to) {
    this.from = from;
    this.size = to - from;
    this.columns = rows[0].length;
    int whole = (size + BatchMath.ROWS - 1) / BatchMath.ROWS * BatchMath.ROWS;
    this.byRow = new float[whole * columns];
    this.products = new float[whole * CASES];
    this.exponentials = new float[whole * CASES];
    this.errors = new float[CASES * columns];
    for (int i = 0; i < size; i++) {
      System.arraycopy(rows[from + i], 0, byRow, i * columns, columns);
    }
  }

  /** The slices of all candidates: their bounds depend on the number of candidates alone. */
  static CandidateSlice[] of(float[][] rows) {
    CandidateSlice[] slices = new CandidateSlice[(rows.length + SIZE - 1) / SIZE];
    Arrays.setAll(
        slices, s -> new CandidateSlice(rows, s * SIZE, Math.min(rows.length, (s + 1) * SIZE)));
    return slices;
  }

  /**
   * Products of the candidates with the profiles of a batch.
   *
   * @param places of each item among the candidates; negative for none
   */
  void predict(CaseBatch batch, int[] places) {
    int whole = products.length / CASES;
    Block profiles = new Block(batch.profiles(), 0, batch.padded());
    Block product = new Block(products, 0, CASES);
    math.product(block(byRow), profiles, product, whole, columns, batch.padded());
    for (int b = 0; b < batch.size(); b++) {
      leaveOut(batch.get(b).context(), b, places);
      leaveOut(batch.get(b).targets(), b, places); // they are counted by themselves
    }
  }

  private void leaveOut(int[] items, int b, int[] places) {
    for (int item : items) {
      int i = places[item] - from;
      if (i >= 0 && i < size) {
        products[i * CASES + b] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** Of the products times a factor, which stay: e^(logit - largest logit), and their sum. */
  void exponentials(CaseBatch batch, float factor) {
    for (int i = 0; i < size * CASES; i++) {
      exponentials[i] = factor * products[i];
    }
    Arrays.fill(largest, -Float.MAX_VALUE);
    for (int b = 0; b < batch.size(); b += WIDTH) {
      math.exponentials(exponentials, b, size, largest, sums);
    }
  }

  /** From the exponentials, the sums of the candidates' rows weighted by them. */
  void propagate(CaseBatch batch) {
    Arrays.fill(errors, 0);
    int rows = (batch.size() + BatchMath.ROWS - 1) / BatchMath.ROWS * BatchMath.ROWS;
    Block factors = new Block(exponentials, 0, CASES);
    math.addTransposedProduct(factors, block(byRow), block(errors), rows, size, columns);
  }

  private Block block(float[] rows) {
    return new Block(rows, 0, columns);
  }

  /** The largest logit of a case here. */
  float largest(int b) {
    return largest[b];
  }

  /** The sum of e^(logit - largest) of a case here. */
  float sum(int b) {
    return sums[b];
  }

  /** Adds the weighted sum of rows of a case, times a factor. */
  void addErrors(int b, float factor, float[] error) {
    int at = b * columns;
    for (int d = 0; d < columns; d++) {
      error[d] = Math.fma(factor, errors[at + d], error[d]);
    }
  }
}
