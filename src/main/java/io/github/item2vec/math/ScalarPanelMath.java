package io.github.item2vec.math;

import java.util.Arrays;

/** Plain Java. */
final class ScalarPanelMath extends PanelMath {
  @Override
  public void products(float[] panel, float[][] matrix, int[] rows, int n, float[] out) {
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
        out[r * WIDTH + i] = ScalarRowMath.tree(sums);
      }
    }
  }

  @Override
  public void turnPairs(float[] products, int r, int from, int to) {
    for (int i = 0; i < WIDTH; i++) {
      int at = r * WIDTH + i;
      products[at] = i < from || i >= to ? RowMath.NO_PAIR : -products[at];
    }
  }

  private static int inPanel(int i, int d) {
    return (d / WIDTH * WIDTH + i) * WIDTH + d % WIDTH;
  }

  @Override
  public void pack(float[][] matrix, int[] rows, int n, float[] panel) {
    Arrays.fill(panel, 0);
    for (int i = 0; i < n; i++) {
      float[] row = matrix[rows[i]];
      for (int d = 0; d < row.length; d++) {
        panel[inPanel(i, d)] = row[d];
      }
    }
  }

  @Override
  public void exchange(
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
  public void addRow(float[] panel, int i, float[] y) {
    for (int d = 0; d < y.length; d++) {
      y[d] += panel[inPanel(i, d)];
    }
  }
}
