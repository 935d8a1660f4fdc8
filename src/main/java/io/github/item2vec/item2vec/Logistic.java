package io.github.item2vec.item2vec;

/**
 * The logistic function from a table with straight lines between its points: exact to 1e-5 and the
 * same bits on every machine.
 */
final class Logistic {
  /** gensim 4.4.0's MAX_EXP: a product from here on teaches nothing. */
  static final float LIMIT = 6;

  private static final int CELLS = 1024;
  private static final float SCALE = CELLS / (2 * LIMIT);
  private static final float[] SIGMOID = new float[CELLS + 2];

  static {
    for (int i = 0; i < SIGMOID.length; i++) {
      SIGMOID[i] = (float) (1 / (1 + StrictMath.exp(LIMIT - i / (double) SCALE)));
    }
  }

  private Logistic() {}

  /** 1 / (1 + e^-x), for |x| > 6 its value at +-6; NaN for NaN. */
  static float sigmoid(float x) {
    float position = (Math.max(-LIMIT, Math.min(LIMIT, x)) + LIMIT) * SCALE;
    int cell = (int) position;
    float left = SIGMOID[cell];
    return left + (position - cell) * (SIGMOID[cell + 1] - left);
  }

  /** Gradient of the log-likelihood by the product times step size, by gensim's rule at +-6. */
  static float step(int label, float product, float sigmoid, float stepSize) {
    return product >= LIMIT || product <= -LIMIT ? 0 : (label - sigmoid) * stepSize;
  }
}
