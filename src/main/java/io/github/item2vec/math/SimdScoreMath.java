package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 512 bits, or of 256, through jdk.incubator.vector; loaded by name, as the
 * module may be absent. Four profiles times two vectors of items are eight registers of sums,
 * enough to keep two multipliers of latency four busy.
 */
final class SimdScoreMath extends ScoreMath {
  private static final VectorSpecies<Float> SPECIES = Simd.LONGEST;
  private static final int WIDTH = SPECIES.length();

  SimdScoreMath() {
    Simd.requireRegisters();
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
    for (int i = 0; i < count * ITEMS; i += 2 * WIDTH) {
      pair(quad, at, columns, panels, from + i * columns, next(i, count, columns), out, i, stride);
    }
  }

  /** A second vector of items lies in the same panel, or in the next one if there is one. */
  private static int next(int i, int count, int columns) {
    if (WIDTH < ITEMS) {
      return WIDTH;
    }
    return i + WIDTH < count * ITEMS ? columns * ITEMS : 0;
  }

  /**
   * Two vectors of items.
   *
   * @param next where the second begins after the first; 0 when there is none
   */
  private static void pair(
      float[] quad,
      int at,
      int columns,
      float[] panels,
      int from,
      int next,
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
      FloatVector low = Simd.loadLongest(panels, i);
      FloatVector high = Simd.loadLongest(panels, i + next);
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
    Simd.LONGEST_ZERO.add(low0).intoArray(out, to);
    Simd.LONGEST_ZERO.add(low1).intoArray(out, to + stride);
    Simd.LONGEST_ZERO.add(low2).intoArray(out, to + 2 * stride);
    Simd.LONGEST_ZERO.add(low3).intoArray(out, to + 3 * stride);
    if (next > 0) {
      Simd.LONGEST_ZERO.add(high0).intoArray(out, to + WIDTH);
      Simd.LONGEST_ZERO.add(high1).intoArray(out, to + WIDTH + stride);
      Simd.LONGEST_ZERO.add(high2).intoArray(out, to + WIDTH + 2 * stride);
      Simd.LONGEST_ZERO.add(high3).intoArray(out, to + WIDTH + 3 * stride);
    }
  }

  @Override
  public int firstAbove(float threshold, float[] scores, int from, int to) {
    int i = from;
    for (; i + WIDTH <= to; i += WIDTH) {
      VectorMask<Float> above = Simd.loadLongest(scores, i).compare(VectorOperators.GT, threshold);
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
