package io.github.item2vec.baseline;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/**
 * The inverse of a symmetric positive definite matrix in double precision, by the sweep operator
 * (Goodnight 1979, "A Tutorial on the SWEEP Operator", section 3) on tiles instead of numbers: one
 * tile of the diagonal is inverted by LAPACK, all others are products by BLAS, which fit a core's
 * cache and run side by side. n^3 multiplications and additions; half the matrix in memory.
 */
final class SymmetricInverse {
  /** Rows of a tile; three tiles are 400 kB. */
  private static final int TILE = 128;

  private final int n;
  private final int tiles;

  /** The lower half: tile [i][j], i >= j, column by column. */
  private final double[][][] lower;

  private SymmetricInverse(double[] matrix, int n, double diagonal) {
    this.n = n;
    this.tiles = (n + TILE - 1) / TILE;
    this.lower = new double[tiles][][];
    for (int i = 0; i < tiles; i++) {
      lower[i] = new double[i + 1][TILE * TILE];
    }
    for (int i = 0; i < tiles * TILE; i++) {
      double[][] row = lower[i / TILE];
      for (int j = 0; j <= i; j++) {
        // rows beyond the matrix are those of the identity
        double value = i < n ? matrix[j * n + i] : 0;
        row[j / TILE][j % TILE * TILE + i % TILE] = i > j ? value : i < n ? value + diagonal : 1;
      }
    }
    for (int i = 0; i < tiles; i++) {
      mirror(lower[i][i]);
    }
  }

  /**
   * Inverts {@code matrix + diagonal * identity}.
   *
   * @param matrix n x n, symmetric; only its lower half is read, column by column
   * @throws ArithmeticException when the sum is not positive definite
   */
  static SymmetricInverse of(double[] matrix, int n, double diagonal) {
    SymmetricInverse inverse = new SymmetricInverse(matrix, n, diagonal);
    for (int k = 0; k < inverse.tiles; k++) {
      inverse.sweep(k);
    }
    return inverse;
  }

  /** An entry of the inverse. */
  double get(int i, int j) {
    int row = Math.max(i, j);
    int column = Math.min(i, j);
    return -lower[row / TILE][column / TILE][column % TILE * TILE + row % TILE];
  }

  /** A_kk becomes -D with D its inverse, A_ik becomes A_ik D, A_ij loses A_ik D A_kj. */
  private void sweep(int k) {
    double[] diagonal = lower[k][k];
    invert(diagonal, k);
    double[][] before = new double[tiles][];
    double[][] after = new double[tiles][];
    IntStream.range(0, tiles)
        .parallel()
        .filter(i -> i != k)
        .forEach(
            i -> {
              before[i] = i > k ? lower[i][k] : transposed(lower[k][i]);
              after[i] = new double[TILE * TILE];
              product("N", 1, before[i], diagonal, after[i]);
            });
    IntStream.range(0, tiles * tiles)
        .parallel()
        .filter(pair -> pair / tiles >= pair % tiles && pair / tiles != k && pair % tiles != k)
        .forEach(
            pair -> {
              int i = pair / tiles;
              int j = pair % tiles;
              product("T", -1, after[i], before[j], lower[i][j]);
            });
    for (int i = 0; i < tiles; i++) {
      if (i < k) {
        lower[k][i] = transposed(after[i]);
      } else if (i > k) {
        lower[i][k] = after[i];
      }
    }
    for (int at = 0; at < diagonal.length; at++) {
      diagonal[at] = -diagonal[at];
    }
  }

  /** c += sign a b, or a b' for "T". */
  private static void product(String b, int sign, double[] left, double[] right, double[] sum) {
    BLAS.getInstance()
        .dgemm("N", b, TILE, TILE, TILE, sign, left, 0, TILE, right, 0, TILE, 1, sum, 0, TILE);
  }

  private void invert(double[] tile, int k) {
    intW info = new intW(0);
    LAPACK.getInstance().dpotrf("L", TILE, tile, TILE, info);
    if (info.val == 0) {
      LAPACK.getInstance().dpotri("L", TILE, tile, TILE, info);
    }
    if (info.val != 0) {
      throw new ArithmeticException(
          "no inverse: row %,d of %,d depends on those before it"
              .formatted(k * TILE + info.val - 1, n));
    }
    mirror(tile);
  }

  private static void mirror(double[] tile) {
    for (int j = 0; j < TILE; j++) {
      for (int i = 0; i < j; i++) {
        tile[j * TILE + i] = tile[i * TILE + j];
      }
    }
  }

  private static double[] transposed(double[] tile) {
    double[] turned = new double[tile.length];
    for (int i = 0; i < TILE; i++) {
      for (int j = 0; j < TILE; j++) {
        turned[j * TILE + i] = tile[i * TILE + j];
      }
    }
    return turned;
  }
}
