package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 256 bits through jdk.incubator.vector; loaded by name, as the module may
 * be absent. Four profiles times sixteen items are eight registers of sums, enough to keep two
 * multipliers of latency four busy.
 */
final class SimdScoreMath extends ScoreMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int WIDTH = 8;

  SimdScoreMath() {
    if (FloatVector.SPECIES_PREFERRED.length() < WIDTH) {
      throw new LinkageError("vectors of this machine are " + FloatVector.SPECIES_PREFERRED);
    }
  }

  @Override
  public void products(
      float[] quad,
      int at,
      int columns,
      float[] panels,
      int from,
      int count,
      float[] out,
      int stride) {
    for (int p = 0; p < count; p++) {
      panel(quad, at, columns, panels, from + p * columns * ITEMS, out, p * ITEMS, stride);
    }
  }

  private static void panel(
      float[] quad,
      int at,
      int columns,
      float[] panels,
      int from,
      float[] out,
      int to,
      int stride) {
    FloatVector low0 = FloatVector.zero(SPECIES);
    FloatVector low1 = FloatVector.zero(SPECIES);
    FloatVector low2 = FloatVector.zero(SPECIES);
    FloatVector low3 = FloatVector.zero(SPECIES);
    FloatVector high0 = FloatVector.zero(SPECIES);
    FloatVector high1 = FloatVector.zero(SPECIES);
    FloatVector high2 = FloatVector.zero(SPECIES);
    FloatVector high3 = FloatVector.zero(SPECIES);
    int q = at;
    int i = from;
    for (int d = 0; d < columns; d++, q += USERS, i += ITEMS) {
      FloatVector low = FloatVector.fromArray(SPECIES, panels, i);
      FloatVector high = FloatVector.fromArray(SPECIES, panels, i + WIDTH);
      FloatVector value0 = FloatVector.broadcast(SPECIES, quad[q]);
      low0 = low.fma(value0, low0);
      high0 = high.fma(value0, high0);
      FloatVector value1 = FloatVector.broadcast(SPECIES, quad[q + 1]);
      low1 = low.fma(value1, low1);
      high1 = high.fma(value1, high1);
      FloatVector value2 = FloatVector.broadcast(SPECIES, quad[q + 2]);
      low2 = low.fma(value2, low2);
      high2 = high.fma(value2, high2);
      FloatVector value3 = FloatVector.broadcast(SPECIES, quad[q + 3]);
      low3 = low.fma(value3, low3);
      high3 = high.fma(value3, high3);
    }
    low0.intoArray(out, to);
    high0.intoArray(out, to + WIDTH);
    low1.intoArray(out, to + stride);
    high1.intoArray(out, to + stride + WIDTH);
    low2.intoArray(out, to + 2 * stride);
    high2.intoArray(out, to + 2 * stride + WIDTH);
    low3.intoArray(out, to + 3 * stride);
    high3.intoArray(out, to + 3 * stride + WIDTH);
  }

  @Override
  public int firstAbove(float threshold, float[] scores, int from, int to) {
    int i = from;
    for (; i + WIDTH <= to; i += WIDTH) {
      VectorMask<Float> above =
          FloatVector.fromArray(SPECIES, scores, i).compare(VectorOperators.GT, threshold);
      if (above.anyTrue()) {
        return i + above.firstTrue();
      }
    }
    while (i < to && !(scores[i] > threshold)) {
      i++;
    }
    return i;
  }
}
