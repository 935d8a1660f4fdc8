package io.github.item2vec.train.format;

/**
 * Whether a binary file's values are big-endian: read in the wrong order, ordinary values become
 * absurdly small or large. Refused when that is so of half of the values at least, and nearly all
 * are ordinary in the other order.
 */
final class ByteOrderGuess {
  private static final float SMALLEST = 1e-8f;
  private static final float LARGEST = 1e4f;
  private static final double NEARLY_ALL = 0.99;

  private long values;
  private long ordinary;
  private long ordinarySwapped;

  void add(float[] vector) {
    for (float value : vector) {
      if (value != 0) {
        values++;
        ordinary += isOrdinary(value) ? 1 : 0;
        int swapped = Integer.reverseBytes(Float.floatToRawIntBits(value));
        ordinarySwapped += isOrdinary(Float.intBitsToFloat(swapped)) ? 1 : 0;
      }
    }
  }

  private static boolean isOrdinary(float value) {
    float size = Math.abs(value);
    return size >= SMALLEST && size <= LARGEST;
  }

  /** Throws when the values so far are of the other order. */
  void require(RowInput in) {
    if (values > 0 && 2 * ordinary <= values && ordinarySwapped >= NEARLY_ALL * values) {
      throw in.bad(
          "the values are big-endian, must be little-endian floats, as gensim writes them");
    }
  }
}
