package io.github.item2vec.item2vec;

import java.util.Arrays;

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

  /** Halves 16 or 8 sums until one is left. */
  private static float tree(float[] sums) {
    for (int half = sums.length / 2; half > 0; half /= 2) {
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

  @Override
  void products(float[] panel, float[][] matrix, int[] rows, int n, float[] out) {
    float[] sums = new float[WIDTH];
    for (int r = 0; r < n; r++) {
      float[] row = matrix[rows[r]];
      for (int i = 0; i < WIDTH; i++) {
        Arrays.fill(sums, 0);
        for (int d = 0; d < row.length; d += WIDTH) {
          for (int lane = 0; lane < WIDTH; lane++) {
            float x = panel[(d + i) * WIDTH + lane];
            sums[lane] = Math.fma(row[d + lane], x, sums[lane]);
          }
        }
        out[r * WIDTH + i] = tree(sums);
      }
    }
  }

  @Override
  void turnPairs(float[] products, int r, int from, int to) {
    for (int i = 0; i < WIDTH; i++) {
      int at = r * WIDTH + i;
      products[at] = i < from || i >= to ? NO_PAIR : -products[at];
    }
  }

  @Override
  void misses(float[] products, int from, int n, float stepSize, float[] likelihoods) {
    Arrays.fill(likelihoods, 0, WIDTH, 1);
    for (int at = from * WIDTH; at < (from + n) * WIDTH; at++) {
      float x = products[at];
      float miss = x == NO_PAIR ? 0 : Logistic.sigmoid(x);
      likelihoods[at % WIDTH] *= 1 - miss;
      products[at] = Math.abs(x) >= Logistic.LIMIT ? 0 : miss * -stepSize;
    }
  }

  private static int inPanel(int i, int d) {
    return (d / WIDTH * WIDTH + i) * WIDTH + d % WIDTH;
  }

  @Override
  void pack(float[][] matrix, int[] rows, int n, float[] panel) {
    Arrays.fill(panel, 0);
    for (int i = 0; i < n; i++) {
      float[] row = matrix[rows[i]];
      for (int d = 0; d < row.length; d++) {
        panel[inPanel(i, d)] = row[d];
      }
    }
  }

  @Override
  void exchange(
      float[] factors, float[][] matrix, int[] rows, int n, float[] panel, float[] errors) {
    Arrays.fill(errors, 0);
    for (int r = 0; r < n; r++) {
      float[] row = matrix[rows[r]];
      for (int d = 0; d < row.length; d += WIDTH) {
        exchange(factors, r * WIDTH, row, d, panel, errors);
      }
    }
  }

  /** Eight columns of a row. */
  private static void exchange(
      float[] factors, int at, float[] row, int d, float[] panel, float[] errors) {
    for (int i = 0; i < WIDTH; i++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int p = (d + i) * WIDTH + lane;
        errors[p] = Math.fma(factors[at + i], row[d + lane], errors[p]);
      }
    }
    for (int i = 0; i < WIDTH; i++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        row[d + lane] = Math.fma(factors[at + i], panel[(d + i) * WIDTH + lane], row[d + lane]);
      }
    }
  }

  @Override
  void addRow(float[] panel, int i, float[] y) {
    for (int d = 0; d < y.length; d++) {
      y[d] += panel[inPanel(i, d)];
    }
  }
}
