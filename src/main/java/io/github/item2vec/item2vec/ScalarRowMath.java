package io.github.item2vec.item2vec;

/** Plain Java; C2 turns the sums of rows into vector instructions by itself, not the products. */
final class ScalarRowMath extends RowMath {
  @Override
  float dot(float[] a, float[] b) {
    float[] sums = new float[LANES];
    for (int d = 0; d < a.length; d += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] = Math.fma(a[d + lane], b[d + lane], sums[lane]);
      }
    }
    return tree(sums);
  }

  /** Halves 16 sums to 8, 4, 2, 1. */
  private static float tree(float[] sums) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    return sums[0];
  }

  @Override
  void dots(float[] x, float[][] rows, int from, int n, float[] out, int at) {
    for (int j = 0; j < n; j++) {
      out[at + j] = dot(x, rows[from + j]);
    }
  }

  @Override
  void add(float factor, float[] x, float[] y) {
    for (int d = 0; d < y.length; d++) {
      y[d] = Math.fma(factor, x[d], y[d]);
    }
  }

  @Override
  void addAll(float[] factors, int at, int stride, float[][] rows, int from, int n, float[] y) {
    for (int j = 0; j < n; j++) {
      add(factors[at + j * stride], rows[from + j], y);
    }
  }
}
