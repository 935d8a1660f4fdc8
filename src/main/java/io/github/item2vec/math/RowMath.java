package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;

/**
 * The arithmetic of every kernel: dot products and weighted sums of rows. Rows are float arrays
 * whose length is a multiple of {@link #LANES}, padded with zeros.
 *
 * <p>All implementations give the same bits: every product is fused into its sum ({@link
 * Math#fma}), and a dot product is 16 partial sums, over the columns d = l modulo 16 in rising
 * order, that are added in one fixed tree. So a model does not depend on the vector unit of the
 * machine that trained it.
 */
public abstract class RowMath {
  /** Partial sums of a dot product; rows are padded to a multiple of it. */
  public static final int LANES = 16;

  /** Products in a line: floats in a vector register of 256 bits. */
  public static final int WIDTH = 8;

  /** In place of a product that is none: teaches nothing, loses nothing. */
  public static final float NO_PAIR = Float.NEGATIVE_INFINITY;

  /** Vector instructions where the JVM offers them, else plain Java; chosen once. */
  public static RowMath best() {
    return Best.KERNEL;
  }

  /** Apart from the type: two threads that each wait for a class of the other would hang. */
  private static final class Best {
    static final RowMath KERNEL = VectorModule.choose(MethodHandles.lookup(), RowMath.class);
  }

  /** {@code a . b}. */
  public abstract float dot(float[] a, float[] b);

  /** {@code out[at + j] = x . rows[from + j]} for j in 0 .. n - 1. */
  public abstract void dots(float[] x, float[][] rows, int from, int n, float[] out, int at);

  /** {@code y += factor * x}. */
  public abstract void add(float factor, float[] x, float[] y);

  /** {@code y += sum over j of factors[at + j * stride] * rows[from + j]} for j in 0 .. n - 1. */
  public abstract void addAll(
      float[] factors, int at, int stride, float[][] rows, int from, int n, float[] y);

  /**
   * Takes the products x of negatives in rows from .. from + n - 1 of {@link #WIDTH} and puts the
   * gradients of log(1 - sigmoid(x)) times step size in their place, by gensim's rule at +-6.
   *
   * @param n so few that a product of n probabilities is a float
   * @param likelihoods by column, the product of 1 - sigmoid(x)
   */
  public abstract void misses(
      float[] products, int from, int n, float stepSize, float[] likelihoods);

  /** Columns of a padded row for vectors of this size. */
  public static int padded(int vectorSize) {
    return (vectorSize + LANES - 1) / LANES * LANES;
  }
}
