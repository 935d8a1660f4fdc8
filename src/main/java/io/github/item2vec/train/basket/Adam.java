package io.github.item2vec.train.basket;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with an L2 penalty in the gradient; first and second
 * moments beside each row. A row of whole arrays, so that C2 makes vector instructions of it.
 */
final class Adam {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[][] rows;
  private final float[][] first;
  private final float[][] second;
  private final float regParam;

  Adam(float[][] rows, double regParam) {
    this.rows = rows;
    this.first = new float[rows.length][rows[0].length];
    this.second = new float[rows.length][rows[0].length];
    this.regParam = (float) regParam;
  }

  /** Step size with the correction for moments that start at 0; step counts from 1. */
  static float corrected(double stepSize, long step) {
    return (float)
        (stepSize
            * Math.sqrt(1 - StrictMath.pow(BETA2, (double) step))
            / (1 - StrictMath.pow(BETA1, (double) step)));
  }

  /**
   * One step of one row.
   *
   * @param gradient of the loss without the penalty; kept as it is
   * @param stepSize as {@link #corrected} gives it
   */
  void update(int row, float[] gradient, float stepSize) {
    step(rows[row], first[row], second[row], gradient, stepSize, regParam);
  }

  private static void step(
      float[] x, float[] m, float[] v, float[] gradient, float stepSize, float regParam) {
    for (int d = 0; d < x.length; d++) {
      float g = gradient[d] + regParam * x[d];
      m[d] = BETA1 * m[d] + (1 - BETA1) * g;
      v[d] = BETA2 * v[d] + (1 - BETA2) * g * g;
      x[d] -= stepSize * m[d] / ((float) Math.sqrt(v[d]) + EPSILON);
    }
  }

  float[][] rows() {
    return rows;
  }

  float[][] first() {
    return first;
  }

  float[][] second() {
    return second;
  }
}
