package io.github.item2vec.math;

/** e^x in floats, exact to 2e-7 of its value and the same bits on every machine. */
public final class Exponential {
  static final float LOG2_E = (float) 1.4426950408889634;
  static final float LN2_HIGH = (float) 0.693145751953125;
  static final float LN2_LOW = (float) 1.4286068203094173e-6;

  /** Below it the result is 0. */
  static final float LEAST = -87;

  /** 1.5 * 2^23. */
  static final float NO_FRACTION = 12_582_912;

  private Exponential() {}

  /** For x &lt;= 88; 0 below -87. */
  public static float exp(float x) {
    if (x < LEAST) {
      return 0;
    }
    float n = (float) Math.rint(x * LOG2_E);
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    // Taylor to the sixth power on |r| <= ln(2) / 2
    float sum = 1 / 720f;
    sum = sum * r + 1 / 120f;
    sum = sum * r + 1 / 24f;
    sum = sum * r + 1 / 6f;
    sum = sum * r + 0.5f;
    sum = sum * r + 1;
    sum = sum * r + 1;
    return Float.intBitsToFloat(Float.floatToRawIntBits(sum) + ((int) n << 23));
  }
}
