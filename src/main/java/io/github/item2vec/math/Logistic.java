package io.github.item2vec.math;

/**
 * The logistic function as 1/2 + tanh(x / 2) / 2, with seven levels of Lambert's continued fraction
 * tanh y = y / (1 + y^2 / (3 + y^2 / (5 + ...))) written as one quotient: exact to 1e-6 from -6 to
 * 6 and the same bits on every machine.
 */
public final class Logistic {
  /** gensim 4.4.0's MAX_EXP: a product from here on teaches nothing. */
  static final float LIMIT = 6;

  private Logistic() {}

  /** 1 / (1 + e^-x), for |x| > 6 its value at +-6; NaN for NaN. */
  public static float sigmoid(float x) {
    float half = Math.min(LIMIT, Math.max(-LIMIT, x)) * 0.5f;
    float z = half * half;
    float above = Math.fma(Math.fma(z + 378, z, 17325), z, 135135);
    float below = Math.fma(Math.fma(Math.fma(z, 28, 3150), z, 62370), z, 135135);
    return Math.fma(half * above / below, 0.5f, 0.5f);
  }
}
