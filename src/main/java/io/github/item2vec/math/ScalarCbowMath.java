package io.github.item2vec.math;

import java.util.Arrays;

/** Plain Java. */
final class ScalarCbowMath extends CbowMath {
  private final RowMath math = new ScalarRowMath();

  @Override
  public void mean(float[][] matrix, IntList rows, int from, int to, float[] mean) {
    for (int d = 0; d < mean.length; d++) {
      float sum = 0;
      for (int r = from; r < to; r++) {
        sum += matrix[rows.get(r)][d];
      }
      mean[d] = sum * (1f / (to - from));
    }
  }

  @Override
  public void addTo(float[][] matrix, IntList rows, int from, int to, float[] x) {
    for (int r = from; r < to; r++) {
      math.add(1, x, matrix[rows.get(r)]);
    }
  }

  @Override
  public void products(float[] x, float[][] matrix, int[] rows, int n, float[] out) {
    float[] sums = new float[WIDTH];
    for (int r = 0; r < n; r++) {
      Arrays.fill(sums, 0);
      for (int d = 0; d < x.length; d++) {
        sums[d % WIDTH] = Math.fma(x[d], matrix[rows[r]][d], sums[d % WIDTH]);
      }
      out[r] = ScalarRowMath.tree(sums);
    }
  }

  @Override
  public void exchange(
      float[] factors, float[][] matrix, int[] rows, int n, float[] x, float[] error) {
    Arrays.fill(error, 0);
    for (int r = 0; r < n; r++) {
      math.add(factors[r], matrix[rows[r]], error);
      math.add(factors[r], x, matrix[rows[r]]);
    }
  }
}
