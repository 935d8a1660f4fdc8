package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 512 bits, or of 256, written as in {@link SimdRowMath}. Four rows times
 * two vectors of columns are eight registers of sums, enough to keep two multipliers of latency
 * four busy.
 */
final class SimdBatchMath extends BatchMath {
  private static final VectorSpecies<Float> SPECIES = Simd.LONGEST;
  private static final int WIDTH = SPECIES.length();

  SimdBatchMath() {
    Simd.requireRegisters();
  }

  @Override
  public void product(Block left, Block right, Block product, int rows, int depth, int width) {
    for (int c = 0; c < width; c += 2 * WIDTH) {
      int next = c + WIDTH < width ? WIDTH : 0;
      for (int i = 0; i < rows; i += ROWS) {
        four(
            left.values,
            left.at + i * left.stride,
            left.stride,
            right.values,
            right.at + c,
            right.stride,
            next,
            depth,
            product.values,
            product.at + i * product.stride + c,
            product.stride);
      }
    }
  }

  /**
   * Two vectors of columns.
   *
   * @param apart from one row of the right matrix to the next
   * @param next where the second begins after the first; 0 when there is none
   */
  private static void four(
      float[] left,
      int at,
      int stride,
      float[] right,
      int from,
      int apart,
      int next,
      int depth,
      float[] out,
      int to,
      int outStride) {
    int l0 = at;
    int l1 = at + stride;
    int l2 = at + 2 * stride;
    int l3 = at + 3 * stride;
    FloatVector low0 = FloatVector.zero(SPECIES);
    FloatVector low1 = FloatVector.zero(SPECIES);
    FloatVector low2 = FloatVector.zero(SPECIES);
    FloatVector low3 = FloatVector.zero(SPECIES);
    FloatVector high0 = FloatVector.zero(SPECIES);
    FloatVector high1 = FloatVector.zero(SPECIES);
    FloatVector high2 = FloatVector.zero(SPECIES);
    FloatVector high3 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector low = Simd.loadLongest(right, from + k * apart);
      FloatVector high = Simd.loadLongest(right, from + k * apart + next);
      FloatVector value0 = FloatVector.broadcast(SPECIES, left[l0 + k]);
      low0 = low.fma(value0, low0);
      high0 = high.fma(value0, high0);
      FloatVector value1 = FloatVector.broadcast(SPECIES, left[l1 + k]);
      low1 = low.fma(value1, low1);
      high1 = high.fma(value1, high1);
      FloatVector value2 = FloatVector.broadcast(SPECIES, left[l2 + k]);
      low2 = low.fma(value2, low2);
      high2 = high.fma(value2, high2);
      FloatVector value3 = FloatVector.broadcast(SPECIES, left[l3 + k]);
      low3 = low.fma(value3, low3);
      high3 = high.fma(value3, high3);
    }
    int to1 = to + outStride;
    int to2 = to1 + outStride;
    int to3 = to2 + outStride;
    Simd.LONGEST_ZERO.add(low0).intoArray(out, to);
    Simd.LONGEST_ZERO.add(low1).intoArray(out, to1);
    Simd.LONGEST_ZERO.add(low2).intoArray(out, to2);
    Simd.LONGEST_ZERO.add(low3).intoArray(out, to3);
    if (next > 0) {
      Simd.LONGEST_ZERO.add(high0).intoArray(out, to + WIDTH);
      Simd.LONGEST_ZERO.add(high1).intoArray(out, to1 + WIDTH);
      Simd.LONGEST_ZERO.add(high2).intoArray(out, to2 + WIDTH);
      Simd.LONGEST_ZERO.add(high3).intoArray(out, to3 + WIDTH);
    }
  }

  @Override
  public void addTransposedProduct(
      Block left, Block right, Block product, int rows, int depth, int width) {
    float[] sums = new float[ROWS * 2 * WIDTH];
    for (int c = 0; c < width; c += 2 * WIDTH) {
      int next = c + WIDTH < width ? WIDTH : 0;
      for (int i = 0; i < rows; i += ROWS) {
        int from = right.at + c;
        fourTransposed(
            left.values, left.at + i, right.values, from, right.stride, next, depth, sums);
        for (int row = 0; row < ROWS; row++) {
          int to = product.at + (i + row) * product.stride + c;
          add(sums, row * 2 * WIDTH, product.values, to, WIDTH + next);
        }
      }
    }
  }

  private static void add(float[] x, int at, float[] y, int to, int count) {
    for (int c = 0; c < count; c += WIDTH) {
      Simd.loadLongest(y, to + c).add(Simd.loadLongest(x, at + c)).intoArray(y, to + c);
    }
  }

  private static void fourTransposed(
      float[] left, int at, float[] right, int from, int apart, int next, int depth, float[] out) {
    FloatVector low0 = FloatVector.zero(SPECIES);
    FloatVector low1 = FloatVector.zero(SPECIES);
    FloatVector low2 = FloatVector.zero(SPECIES);
    FloatVector low3 = FloatVector.zero(SPECIES);
    FloatVector high0 = FloatVector.zero(SPECIES);
    FloatVector high1 = FloatVector.zero(SPECIES);
    FloatVector high2 = FloatVector.zero(SPECIES);
    FloatVector high3 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector low = Simd.loadLongest(right, from + k * apart);
      FloatVector high = Simd.loadLongest(right, from + k * apart + next);
      FloatVector value0 = FloatVector.broadcast(SPECIES, left[at + k * BASKETS]);
      low0 = low.fma(value0, low0);
      high0 = high.fma(value0, high0);
      FloatVector value1 = FloatVector.broadcast(SPECIES, left[at + k * BASKETS + 1]);
      low1 = low.fma(value1, low1);
      high1 = high.fma(value1, high1);
      FloatVector value2 = FloatVector.broadcast(SPECIES, left[at + k * BASKETS + 2]);
      low2 = low.fma(value2, low2);
      high2 = high.fma(value2, high2);
      FloatVector value3 = FloatVector.broadcast(SPECIES, left[at + k * BASKETS + 3]);
      low3 = low.fma(value3, low3);
      high3 = high.fma(value3, high3);
    }
    Simd.LONGEST_ZERO.add(low0).intoArray(out, 0);
    Simd.LONGEST_ZERO.add(high0).intoArray(out, WIDTH);
    Simd.LONGEST_ZERO.add(low1).intoArray(out, 2 * WIDTH);
    Simd.LONGEST_ZERO.add(high1).intoArray(out, 3 * WIDTH);
    Simd.LONGEST_ZERO.add(low2).intoArray(out, 4 * WIDTH);
    Simd.LONGEST_ZERO.add(high2).intoArray(out, 5 * WIDTH);
    Simd.LONGEST_ZERO.add(low3).intoArray(out, 6 * WIDTH);
    Simd.LONGEST_ZERO.add(high3).intoArray(out, 7 * WIDTH);
  }

  @Override
  public void exponentials(float[] values, int at, int rows, float[] largest, float[] sums) {
    for (int c = at; c < at + COLUMNS; c += WIDTH) {
      largest(values, c, rows, largest);
      exponentials(values, c, rows, largest);
      sum(values, c, rows, sums);
    }
  }

  private static void largest(float[] values, int at, int rows, float[] largest) {
    FloatVector top = Simd.loadLongest(largest, at);
    for (int i = 0; i < rows; i++) {
      int place = at + i * BASKETS;
      top = Simd.loadLongest(values, place).max(top);
    }
    Simd.loadLongest(largest, at).max(top).intoArray(largest, at);
  }

  /** {@link Exponential#exp}, step by step. */
  private static void exponentials(float[] values, int at, int rows, float[] largest) {
    FloatVector top = Simd.loadLongest(largest, at);
    for (int i = 0; i < rows; i++) {
      int place = at + i * BASKETS;
      FloatVector x = Simd.loadLongest(values, place).sub(top);
      // past 2^23 a float has no fraction: the sum is rounded as rint does, its last bits are n
      FloatVector shifted = x.mul(Exponential.LOG2_E).add(Exponential.NO_FRACTION);
      FloatVector n = shifted.sub(Exponential.NO_FRACTION);
      FloatVector r = x.sub(n.mul(Exponential.LN2_HIGH)).sub(n.mul(Exponential.LN2_LOW));
      FloatVector sum = r.mul(1 / 720f).add(1 / 120f).mul(r).add(1 / 24f).mul(r).add(1 / 6f);
      sum = sum.mul(r).add(0.5f).mul(r).add(1).mul(r).add(1);
      IntVector exponents = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      sum.reinterpretAsInts()
          .add(exponents)
          .reinterpretAsFloats()
          .blend(0, x.compare(VectorOperators.LT, Exponential.LEAST))
          .intoArray(values, place);
    }
  }

  private static void sum(float[] values, int at, int rows, float[] sums) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      int place = at + i * BASKETS;
      sum = Simd.loadLongest(values, place).add(sum);
    }
    Simd.LONGEST_ZERO.add(sum).intoArray(sums, at);
  }

  @Override
  public void scale(float[] values, int rows, float[] factors) {
    for (int c = 0; c < BASKETS; c += WIDTH) {
      FloatVector factor = Simd.loadLongest(factors, c);
      for (int i = 0; i < rows; i++) {
        int place = i * BASKETS + c;
        Simd.loadLongest(values, place).mul(factor).intoArray(values, place);
      }
    }
  }

  @Override
  public void adam(
      float[] x, float[] m, float[] v, float[] gradient, int at, float stepSize, float regParam) {
    for (int d = 0; d < x.length; d += WIDTH) {
      FloatVector row = Simd.loadLongest(x, d);
      FloatVector g = row.mul(regParam).add(Simd.loadLongest(gradient, at + d));
      FloatVector first = Simd.loadLongest(m, d).mul(BETA1).add(g.mul(1 - BETA1));
      FloatVector second = Simd.loadLongest(v, d).mul(BETA2).add(g.mul(1 - BETA2).mul(g));
      first.intoArray(m, d);
      second.intoArray(v, d);
      row.sub(first.mul(stepSize).div(second.sqrt().add(EPSILON))).intoArray(x, d);
    }
  }

  @Override
  public String toString() {
    return SPECIES.toString();
  }
}
