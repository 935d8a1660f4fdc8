package io.github.item2vec.redis.layout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Scores as they stand behind a list's items: the least and the greatest, 4 bytes each, then one
 * byte a score, 0 for the least and 255 for the greatest. A score is off by at most 1/510 of what
 * lies between the two; the items' order is their own and does not depend on it. Pure.
 */
public final class QuantizedScores {
  static final int RANGE_BYTES = 2 * Float.BYTES;
  private static final int STEPS = 255;

  private QuantizedScores() {}

  /** What the scores of so many items take. */
  static int bytes(int items) {
    return RANGE_BYTES + items;
  }

  /**
   * The scores of a list.
   *
   * @throws IllegalArgumentException when there are more or fewer than items, or one is null or not
   *     finite
   */
  public static float[] of(ArrayData list, int items) {
    if (list.numElements() != items) {
      throw new IllegalArgumentException(
          "a list of %d items has %d scores".formatted(items, list.numElements()));
    }
    float[] scores = new float[items];
    for (int i = 0; i < items; i++) {
      scores[i] = list.isNullAt(i) ? Float.NaN : list.getFloat(i);
      if (!Float.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            "score %d of a list is %s, not a finite number"
                .formatted(i + 1, list.isNullAt(i) ? "null" : scores[i]));
      }
    }
    return scores;
  }

  /** A packed list with its scores behind it. */
  static byte[] append(byte[] items, float[] scores) {
    float least = least(scores);
    double step = ((double) greatest(scores) - least) / STEPS;
    ByteBuffer value = ByteBuffer.wrap(Arrays.copyOf(items, items.length + bytes(scores.length)));
    value.position(items.length);
    value.putFloat(least).putFloat(greatest(scores));
    for (float score : scores) {
      value.put((byte) (step == 0 ? 0 : Math.round(((double) score - least) / step)));
    }
    return value.array();
  }

  /** What readers get for these scores. */
  public static List<Float> read(float[] scores) {
    List<Float> read = new ArrayList<>(scores.length);
    for (float score : read(append(new byte[0], scores), scores.length)) {
      read.add(score);
    }
    return read;
  }

  /** The scores at the end of a packed list of that many items. */
  static float[] read(byte[] list, int items) {
    ByteBuffer value = ByteBuffer.wrap(list);
    value.position(list.length - bytes(items));
    float least = value.getFloat();
    double range = (double) value.getFloat() - least;
    float[] read = new float[items];
    for (int i = 0; i < items; i++) {
      read[i] = (float) (least + range * (value.get() & 0xFF) / STEPS);
    }
    return read;
  }

  private static float least(float[] scores) {
    float least = scores[0];
    for (float score : scores) {
      least = Math.min(least, score);
    }
    return least;
  }

  private static float greatest(float[] scores) {
    float greatest = scores[0];
    for (float score : scores) {
      greatest = Math.max(greatest, score);
    }
    return greatest;
  }
}
