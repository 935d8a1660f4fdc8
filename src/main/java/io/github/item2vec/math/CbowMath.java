package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;

/**
 * The arithmetic of a row with many that are named by their numbers in a matrix, as a collector's
 * barrier makes the copying of references dear. Rows are padded as {@link RowMath} wants it. All
 * implementations give the same bits.
 */
public abstract class CbowMath {
  /** Products in a line. */
  static final int WIDTH = RowMath.WIDTH;

  /** Vector instructions where the JVM offers them, else plain Java; chosen once. */
  public static CbowMath best() {
    return Best.KERNEL;
  }

  /** Apart from the type: two threads that each wait for a class of the other would hang. */
  private static final class Best {
    static final CbowMath KERNEL = VectorModule.choose(MethodHandles.lookup(), CbowMath.class);
  }

  /**
   * The mean of the rows that the list names from {@code from} to {@code to} - 1, at least one:
   * summed in this order, times 1 / count.
   */
  public abstract void mean(float[][] matrix, IntList rows, int from, int to, float[] mean);

  /** {@code y += x} for each of the rows y that the list names, as often as it names them. */
  public abstract void addTo(float[][] matrix, IntList rows, int from, int to, float[] x);

  /**
   * {@code out[r] = x . matrix[rows[r]]} for r in 0 .. n - 1, a multiple of 4: eight partial sums
   * each, as in a panel's products.
   *
   * @param out what is left of the last {@link #WIDTH} may change too
   */
  public abstract void products(float[] x, float[][] matrix, int[] rows, int n, float[] out);

  /**
   * Moves rows and a vector by each other, as all were before: {@code error = sum over r of
   * factors[r] * matrix[rows[r]]} and {@code matrix[rows[r]] += factors[r] * x}, for r in 0 .. n -
   * 1.
   *
   * @param rows no row twice
   */
  public abstract void exchange(
      float[] factors, float[][] matrix, int[] rows, int n, float[] x, float[] error);
}
