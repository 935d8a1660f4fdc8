package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;

/**
 * The inner loops of a batch that is a matrix: blocks of a matrix product, softmax by columns, and
 * Adam.
 *
 * <p>All implementations give the same bits: a value of a product is one sum in rising order, each
 * product fused into it ({@link Math#fma}), and what is done by columns is done in the order of the
 * rows. So the result depends neither on the vector unit nor on how a product is cut into blocks.
 */
public abstract class BatchMath {
  /** Rows of a block. */
  public static final int ROWS = 4;

  /** Columns of a block. */
  public static final int COLUMNS = 16;

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
   * {@code product[i][c] += sum over k of left[i][k] * right[k][c]} for i in 0 .. rows - 1, k in 0
   * .. depth - 1 and c in 0 .. 15.
   *
   * @param right rows of consecutive values, as those of {@code product}
   * @param rows a multiple of {@link #ROWS}
   */
  public abstract void addProduct(Block left, Block right, Block product, int rows, int depth);

  /**
   * By columns c of {@code values[at + i * stride + c]}, i in 0 .. rows - 1 and c in 0 .. 15: the
   * largest value goes to {@code largest[to + c]}, e to the power of value minus largest in the
   * place of the value, and their sum to {@code sums[to + c]}. Minus infinity becomes 0.
   *
   * @param largest what the largest is at least, finite; replaced
   */
  public abstract void exponentials(
      float[] values, int at, int stride, int rows, float[] largest, float[] sums, int to);

  /** {@code values[at + i * n + c] *= factors[c]} for i in 0 .. rows - 1 and c in 0 .. n - 1. */
  public abstract void scale(float[] values, int at, int rows, int n, float[] factors);

  /**
   * One step of Adam (Kingma and Ba 2015, algorithm 1) of a row x with moments m and v, and an L2
   * penalty in the gradient.
   *
   * @param gradient from {@code at} on, of the loss without the penalty
   * @param stepSize with the correction for moments that start at 0
   */
  public abstract void adam(
      float[] x,
      float[] m,
      float[] v,
      float[] gradient,
      int at,
      float stepSize,
      float regParam);

  /** Columns or baskets, filled up to whole blocks. */
  public static int padded(int count) {
    return (count + COLUMNS - 1) / COLUMNS * COLUMNS;
  }
}
