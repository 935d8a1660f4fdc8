package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;

/**
 * The arithmetic of eight rows at once with others, as {@link RowMath} does it for one: small
 * matrix products. The eight are packed as a panel: the first eight columns of each row, the next
 * eight, ... All implementations give the same bits.
 */
public abstract class PanelMath {
  /** Rows of a panel. */
  static final int WIDTH = RowMath.WIDTH;

  /** Vector instructions where the JVM offers them, else plain Java; chosen once. */
  public static PanelMath best() {
    return Best.KERNEL;
  }

  /** Apart from the type: two threads that each wait for a class of the other would hang. */
  private static final class Best {
    static final PanelMath KERNEL = VectorModule.choose(MethodHandles.lookup(), PanelMath.class);
  }

  /**
   * {@code out[r * WIDTH + i] = matrix[rows[r]] . row i of the panel} for r in 0 .. n - 1: eight
   * partial sums, over the columns d = l modulo 8 in rising order, halved to 4, 2, 1.
   */
  public abstract void products(float[] panel, float[][] matrix, int[] rows, int n, float[] out);

  /**
   * Turns the signs of row r's products in the columns from .. to - 1; all others become {@link
   * RowMath#NO_PAIR}.
   */
  public abstract void turnPairs(float[] products, int r, int from, int to);

  /**
   * Packs n &lt;= {@link #WIDTH} rows, and zeros for those that are missing, as a panel: the first
   * eight columns of each row, the next eight, ...
   */
  public abstract void pack(float[][] matrix, int[] rows, int n, float[] panel);

  /**
   * Moves rows and a panel by each other, as both were before: {@code row i of errors = sum over r
   * of factors[r * WIDTH + i] * matrix[rows[r]]} and {@code matrix[rows[r]] += sum over i of
   * factors[r * WIDTH + i] * row i of the panel}, for r in 0 .. n - 1.
   *
   * @param rows no row twice
   */
  public abstract void exchange(
      float[] factors, float[][] matrix, int[] rows, int n, float[] panel, float[] errors);

  /** {@code y += row i of the panel}. */
  public abstract void addRow(float[] panel, int i, float[] y);
}
