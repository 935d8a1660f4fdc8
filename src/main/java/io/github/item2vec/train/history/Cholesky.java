package io.github.item2vec.train.history;

/** Solves symmetric positive definite systems in double precision. */
final class Cholesky {
  private Cholesky() {}

  /**
   * Solves A x = b in place.
   *
   * @param a lower triangle, the first n rows; becomes the factor
   * @param b becomes x
   */
  static void solve(double[][] a, double[] b, int n) {
    for (int j = 0; j < n; j++) {
      double[] row = a[j];
      for (int k = 0; k < j; k++) {
        double sum = row[k];
        for (int i = 0; i < k; i++) {
          sum -= row[i] * a[k][i];
        }
        row[k] = sum / a[k][k];
      }
      double diagonal = row[j];
      for (int i = 0; i < j; i++) {
        diagonal -= row[i] * row[i];
      }
      row[j] = Math.sqrt(diagonal);
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        b[j] -= a[j][i] * b[i];
      }
      b[j] /= a[j][j];
    }
    for (int j = n - 1; j >= 0; j--) {
      for (int i = j + 1; i < n; i++) {
        b[j] -= a[i][j] * b[i];
      }
      b[j] /= a[j][j];
    }
  }
}
