package io.github.item2vec.math;

import java.util.Arrays;

/** Plain Java. */
final class ScalarBatchMath extends BatchMath {
  @Override
  public void product(Block left, Block right, Block product, int rows, int depth, int width) {
    for (int i = 0; i < rows; i++) {
      int to = product.at + i * product.stride;
      Arrays.fill(product.values, to, to + width, 0);
    }
    add(left, left.stride, 1, right, product, rows, depth, width);
  }

  @Override
  public void addTransposedProduct(
      Block left, Block right, Block product, int rows, int depth, int width) {
    add(left, 1, BASKETS, right, product, rows, depth, width);
  }

  private static void add(
      Block left,
      int rowStride,
      int columnStride,
      Block right,
      Block product,
      int rows,
      int depth,
      int width) {
    float[] sums = new float[width];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(sums, 0);
      for (int k = 0; k < depth; k++) {
        float factor = left.values[left.at + i * rowStride + k * columnStride];
        add(factor, right.values, right.at + k * right.stride, sums);
      }
      for (int c = 0; c < width; c++) {
        product.values[product.at + i * product.stride + c] += sums[c];
      }
    }
  }

  private static void add(float factor, float[] x, int from, float[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = Math.fma(factor, x[from + c], sums[c]);
    }
  }

  @Override
  public void exponentials(float[] values, int at, int rows, float[] largest, float[] sums) {
    for (int c = at; c < at + COLUMNS; c++) {
      float top = largest[c];
      for (int i = 0; i < rows; i++) {
        top = Math.max(top, values[i * BASKETS + c]);
      }
      float sum = 0;
      for (int place = c; place < rows * BASKETS; place += BASKETS) {
        values[place] = Exponential.exp(values[place] - top);
        sum += values[place];
      }
      largest[c] = top;
      sums[c] = sum;
    }
  }

  @Override
  public void scale(float[] values, int rows, float[] factors) {
    for (int place = 0; place < rows * BASKETS; place++) {
      values[place] *= factors[place % BASKETS];
    }
  }

  @Override
  public void adam(
      float[] x, float[] m, float[] v, float[] gradient, int at, float stepSize, float regParam) {
    for (int d = 0; d < x.length; d++) {
      float g = gradient[at + d] + regParam * x[d];
      m[d] = BETA1 * m[d] + (1 - BETA1) * g;
      v[d] = BETA2 * v[d] + (1 - BETA2) * g * g;
      x[d] -= stepSize * m[d] / ((float) Math.sqrt(v[d]) + EPSILON);
    }
  }
}
