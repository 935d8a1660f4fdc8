package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;

/**
 * The inner loops of a batch that is a matrix: blocks of a matrix product, softmax by columns, and
 * Adam.
 *
 * <p>All implementations give the same bits: a value of a product is one sum in rising order that
 * begins with 0, each product fused into it ({@link Math#fma}), then added to what is there; what
 * is done by columns is done in the order of the rows. So a model does not depend on the vector
 * unit.
 */
public abstract class BatchMath {
  /** Rows are multiplied by so many at once. */
  public static final int ROWS = 4;

  /** Columns likewise. */
  public static final int COLUMNS = 16;

  /** Baskets of a batch; fixed, for C2 drops no bounds check of an index with a variable stride. */
  public static final int BASKETS = 64;

  /** Decay of Adam's first moment. */
  public static final float BETA1 = 0.9f;

  /** Decay of Adam's second moment. */
  public static final float BETA2 = 0.999f;

  /** What Adam adds to the root of the second moment. */
  public static final float EPSILON = 1e-8f;

  /** Vector instructions where the JVM offers them, else plain Java; chosen once. */
  public static BatchMath best() {
    return Best.KERNEL;
  }

  /** Apart from the type: two threads that each wait for a class of the other would hang. */
  private static final class Best {
    static final BatchMath KERNEL = VectorModule.choose(MethodHandles.lookup(), BatchMath.class);
  }

  /**
   * {@code product[i][c] = sum over k of left[i][k] * right[k][c]} for i in 0 .. rows - 1, k in 0
   * .. depth - 1 and c in 0 .. width - 1.
   *
   * @param rows a multiple of {@link #ROWS}
   * @param width a multiple of {@link #COLUMNS}
   */
  public abstract void product(
      Block left, Block right, Block product, int rows, int depth, int width);

  /**
   * As {@link #product} with the transpose, added to what is there: {@code product[i][c] += sum
   * over k of left[k][i] * right[k][c]}.
   *
   * @param left of stride {@link #BASKETS}
   */
  public abstract void addTransposedProduct(
      Block left, Block right, Block product, int rows, int depth, int width);

  /**
   * By columns c of {@code values[at + i * 64 + c]}, i in 0 .. rows - 1 and c in 0 .. 15: the
   * largest value goes to {@code largest[at + c]}, e to the power of value minus largest in the
   * place of the value, and their sum to {@code sums[at + c]}. Minus infinity becomes 0.
   *
   * @param at first column, at most 48
   * @param largest what the largest is at least, finite; replaced
   */
  public abstract void exponentials(
      float[] values, int at, int rows, float[] largest, float[] sums);

  /** {@code values[i * 64 + c] *= factors[c]} for i in 0 .. rows - 1 and c in 0 .. 63. */
  public abstract void scale(float[] values, int rows, float[] factors);

  /**
   * One step of Adam (Kingma and Ba 2015, algorithm 1) of a row x with moments m and v, and an L2
   * penalty in the gradient.
   *
   * @param gradient from {@code at} on, of the loss without the penalty
   * @param stepSize with the correction for moments that start at 0
   */
  public abstract void adam(
      float[] x, float[] m, float[] v, float[] gradient, int at, float stepSize, float regParam);
}
