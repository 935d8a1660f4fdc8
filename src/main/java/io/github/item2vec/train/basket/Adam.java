package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with an L2 penalty in the gradient; first and second
 * moments next to each row.
 */
final class Adam {
  private final BatchMath math = BatchMath.best();
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
            * Math.sqrt(1 - StrictMath.pow(BatchMath.BETA2, (double) step))
            / (1 - StrictMath.pow(BatchMath.BETA1, (double) step)));
  }

  /**
   * One step of one row.
   *
   * @param gradient from {@code at} on, of the loss without the penalty; kept as it is
   * @param stepSize as {@link #corrected} gives it
   */
  void update(int row, float[] gradient, int at, float stepSize) {
    math.adam(rows[row], first[row], second[row], gradient, at, stepSize, regParam);
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
