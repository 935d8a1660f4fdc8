package io.github.item2vec.math;

/** Plain Java. */
final class ScalarBatchMath extends BatchMath {
  @Override
  public void addProduct(Block left, Block right, Block product, int rows, int depth) {
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < depth; k++) {
        add(
            left.values[left.at + i * left.rowStride + k * left.columnStride],
            right.values,
            right.at + k * right.rowStride,
            product.values,
            product.at + i * product.rowStride);
      }
    }
  }

  private static void add(float factor, float[] x, int from, float[] y, int to) {
    for (int c = 0; c < COLUMNS; c++) {
      y[to + c] = Math.fma(factor, x[from + c], y[to + c]);
    }
  }

  @Override
  public void exponentials(
      float[] values, int at, int stride, int rows, float[] largest, float[] sums, int to) {
    for (int c = 0; c < COLUMNS; c++) {
      float top = largest[to + c];
      for (int i = 0; i < rows; i++) {
        top = Math.max(top, values[at + i * stride + c]);
      }
      float sum = 0;
      for (int i = 0; i < rows; i++) {
        int place = at + i * stride + c;
        values[place] = Exponential.exp(values[place] - top);
        sum += values[place];
      }
      largest[to + c] = top;
      sums[to + c] = sum;
    }
  }

  @Override
  public void scale(float[] values, int at, int rows, int n, float[] factors) {
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < n; c++) {
        values[at + i * n + c] *= factors[c];
      }
    }
  }

  @Override
  public void adam(
      float[] x,
      float[] m,
      float[] v,
      float[] gradient,
      int at,
      float stepSize,
      float regParam) {
    for (int d = 0; d < x.length; d++) {
      float g = gradient[at + d] + regParam * x[d];
      m[d] = BETA1 * m[d] + (1 - BETA1) * g;
      v[d] = BETA2 * v[d] + (1 - BETA2) * g * g;
      x[d] -= stepSize * m[d] / ((float) Math.sqrt(v[d]) + EPSILON);
    }
  }
}
