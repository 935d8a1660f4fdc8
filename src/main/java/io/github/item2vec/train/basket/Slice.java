package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.Block;
import java.util.Arrays;

/**
 * A fixed range of the candidates and all that a batch computes of it: products, gradients, its
 * share of the hidden vectors' gradients. Rows are packed into tiles that the first caches hold.
 * Used by one thread at a time.
 */
final class Slice {
  private static final int BASKETS = BatchMath.BASKETS;

  /** Candidates that are multiplied at once. */
  static final int TILE = 64;

  /** Most slices; enough for as many threads, few enough to sum up their shares. */
  private static final int SLICES = 64;

  final int from;
  int to;

  /** Product of candidate from + i and basket b at i * 64 + b, then the gradient by it. */
  final float[] products;

  /** By basket: the largest product, then e^product over all candidates, without e^largest. */
  final float[] largest;

  final float[] sums;

  /** By basket, what turns e^product into the gradient. */
  final float[] factors;

  /** What the slice knows of the loss by itself, in nats. */
  double loss;

  /** Gradient by the d-th hidden value of basket b at b * columns + d: this slice's share. */
  final float[] errors;

  private final BatchMath math;
  private final int last;
  private final int columns;
  private final float[] tile;
  private final float[] gradients;

  private Slice(BatchMath math, int from, int to, int columns) {
    this.math = math;
    this.from = from;
    this.to = to;
    this.last = to;
    this.columns = columns;
    this.products = new float[wholeBlocks(to - from) * BASKETS];
    this.largest = new float[BASKETS];
    this.sums = new float[BASKETS];
    this.factors = new float[BASKETS];
    this.errors = new float[columns * BASKETS];
    this.tile = new float[TILE * columns];
    this.gradients = new float[TILE * columns];
  }

  /** The slices of 0 .. candidates - 1: their bounds depend on the number of candidates alone. */
  static Slice[] of(BatchMath math, int candidates, int columns) {
    int tiles = (candidates + TILE - 1) / TILE;
    int size = (tiles + SLICES - 1) / SLICES * TILE;
    Slice[] slices = new Slice[size == 0 ? 0 : (candidates + size - 1) / size];
    Arrays.setAll(
        slices, s -> new Slice(math, s * size, Math.min(candidates, (s + 1) * size), columns));
    return slices;
  }

  private static int wholeBlocks(int rows) {
    return (rows + BatchMath.ROWS - 1) / BatchMath.ROWS * BatchMath.ROWS;
  }

  /** Leaves out what is past this number of candidates. */
  void limit(int candidates) {
    to = Math.max(from, Math.min(last, candidates));
  }

  int size() {
    return to - from;
  }

  /** Products of the candidates' rows with the hidden vectors. */
  void predict(float[][] rows, HiddenVectors hidden) {
    for (int start = from; start < to; start += TILE) {
      int n = pack(rows, start);
      Block product = new Block(products, (start - from) * BASKETS, BASKETS);
      math.product(block(tile), hidden.byColumn(), product, n, columns, BASKETS);
    }
  }

  /**
   * Each product to e^(product - largest of the slice), with their sums.
   *
   * @param least what the largest is at least
   */
  void exponentials(float least) {
    Arrays.fill(largest, least);
    Arrays.fill(factors, 0);
    for (int b = 0; b < BASKETS; b += BatchMath.COLUMNS) {
      math.exponentials(products, b, size(), largest, sums);
    }
  }

  /** Each e^product to the gradient by the product. */
  void scale() {
    math.scale(products, size(), factors);
  }

  /**
   * From the gradients by the products: {@link #errors} and, a row at a time, the gradients by the
   * candidates' rows, each told when its row is needed no more.
   */
  void propagate(float[][] rows, HiddenVectors hidden, RowUpdate update) {
    Arrays.fill(errors, 0);
    for (int start = from; start < to; start += TILE) {
      int n = Math.min(TILE, to - start);
      int whole = pack(rows, start);
      Block factors = new Block(products, (start - from) * BASKETS, BASKETS);
      math.addTransposedProduct(factors, block(tile), block(errors), BASKETS, n, columns);
      math.product(factors, hidden.byBasket(), block(gradients), whole, BASKETS, columns);
      for (int i = 0; i < n; i++) {
        update.row(start + i, gradients, i * columns);
      }
    }
  }

  private Block block(float[] rows) {
    return new Block(rows, 0, columns);
  }

  /** Copies up to {@link #TILE} rows; whole blocks of them, the last filled up with zeros. */
  private int pack(float[][] rows, int start) {
    int n = Math.min(TILE, to - start);
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows[start + i], 0, tile, i * columns, columns);
    }
    Arrays.fill(tile, n * columns, wholeBlocks(n) * columns, 0);
    return wholeBlocks(n);
  }
}
