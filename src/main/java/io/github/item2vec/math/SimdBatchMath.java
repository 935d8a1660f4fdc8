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
  private static final VectorSpecies<Float> SPECIES = SimdRowMath.LONGEST;
  private static final int WIDTH = SPECIES.length();

  SimdBatchMath() {
    SimdRowMath.requireRegisters();
  }

  @Override
  public void addProduct(
      Block left, float[] right, int at, Block product, int rows, int depth, int width) {
    for (int c = 0; c < width; c += 2 * WIDTH) {
      int apart = SimdRowMath.apart(c, width, depth);
      for (int i = 0; i < rows; i += ROWS) {
        int from = left.at + i * left.stride;
        int to = product.at + i * product.stride + c;
        addFour(
            left.values,
            from,
            left.stride,
            right,
            at + c * depth,
            apart,
            depth,
            product.values,
            to,
            product.stride);
      }
    }
  }

  /**
   * Two vectors of columns.
   *
   * @param apart what the second lies behind the first; 0 when there is no second
   */
  private static void addFour(
      float[] left,
      int at,
      int stride,
      float[] right,
      int from,
      int apart,
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
      FloatVector low = FloatVector.fromArray(SPECIES, right, from + k * COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, right, from + apart + k * COLUMNS);
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
    FloatVector.fromArray(SPECIES, out, to).add(low0).intoArray(out, to);
    FloatVector.fromArray(SPECIES, out, to1).add(low1).intoArray(out, to1);
    FloatVector.fromArray(SPECIES, out, to2).add(low2).intoArray(out, to2);
    FloatVector.fromArray(SPECIES, out, to3).add(low3).intoArray(out, to3);
    if (apart == 0) {
      return;
    }
    FloatVector.fromArray(SPECIES, out, to + WIDTH).add(high0).intoArray(out, to + WIDTH);
    FloatVector.fromArray(SPECIES, out, to1 + WIDTH).add(high1).intoArray(out, to1 + WIDTH);
    FloatVector.fromArray(SPECIES, out, to2 + WIDTH).add(high2).intoArray(out, to2 + WIDTH);
    FloatVector.fromArray(SPECIES, out, to3 + WIDTH).add(high3).intoArray(out, to3 + WIDTH);
  }

  @Override
  public void addTransposedProduct(
      Block left, float[] right, int at, Block product, int rows, int depth, int width) {
    for (int c = 0; c < width; c += 2 * WIDTH) {
      int apart = SimdRowMath.apart(c, width, depth);
      for (int i = 0; i < rows; i += ROWS) {
        int to = product.at + i * product.stride + c;
        addFourTransposed(
            left.values,
            left.at + i,
            right,
            at + c * depth,
            apart,
            depth,
            product.values,
            to,
            product.stride);
      }
    }
  }

  private static void addFourTransposed(
      float[] left,
      int at,
      float[] right,
      int from,
      int apart,
      int depth,
      float[] out,
      int to,
      int outStride) {
    FloatVector low0 = FloatVector.zero(SPECIES);
    FloatVector low1 = FloatVector.zero(SPECIES);
    FloatVector low2 = FloatVector.zero(SPECIES);
    FloatVector low3 = FloatVector.zero(SPECIES);
    FloatVector high0 = FloatVector.zero(SPECIES);
    FloatVector high1 = FloatVector.zero(SPECIES);
    FloatVector high2 = FloatVector.zero(SPECIES);
    FloatVector high3 = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector low = FloatVector.fromArray(SPECIES, right, from + k * COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, right, from + apart + k * COLUMNS);
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
    int to1 = to + outStride;
    int to2 = to1 + outStride;
    int to3 = to2 + outStride;
    FloatVector.fromArray(SPECIES, out, to).add(low0).intoArray(out, to);
    FloatVector.fromArray(SPECIES, out, to1).add(low1).intoArray(out, to1);
    FloatVector.fromArray(SPECIES, out, to2).add(low2).intoArray(out, to2);
    FloatVector.fromArray(SPECIES, out, to3).add(low3).intoArray(out, to3);
    if (apart == 0) {
      return;
    }
    FloatVector.fromArray(SPECIES, out, to + WIDTH).add(high0).intoArray(out, to + WIDTH);
    FloatVector.fromArray(SPECIES, out, to1 + WIDTH).add(high1).intoArray(out, to1 + WIDTH);
    FloatVector.fromArray(SPECIES, out, to2 + WIDTH).add(high2).intoArray(out, to2 + WIDTH);
    FloatVector.fromArray(SPECIES, out, to3 + WIDTH).add(high3).intoArray(out, to3 + WIDTH);
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
    FloatVector top = FloatVector.fromArray(SPECIES, largest, at);
    for (int i = 0; i < rows; i++) {
      int place = at + i * BASKETS;
      top = FloatVector.fromArray(SPECIES, values, place).max(top);
    }
    FloatVector.fromArray(SPECIES, largest, at).max(top).intoArray(largest, at);
  }

  /** {@link Exponential#exp}, step by step. */
  private static void exponentials(float[] values, int at, int rows, float[] largest) {
    FloatVector top = FloatVector.fromArray(SPECIES, largest, at);
    for (int i = 0; i < rows; i++) {
      int place = at + i * BASKETS;
      FloatVector x = FloatVector.fromArray(SPECIES, values, place).sub(top);
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
      sum = FloatVector.fromArray(SPECIES, values, place).add(sum);
    }
    FloatVector.zero(SPECIES).add(sum).intoArray(sums, at);
  }

  @Override
  public void scale(float[] values, int rows, float[] factors) {
    for (int c = 0; c < BASKETS; c += WIDTH) {
      FloatVector factor = FloatVector.fromArray(SPECIES, factors, c);
      for (int i = 0; i < rows; i++) {
        int place = i * BASKETS + c;
        factor.mul(FloatVector.fromArray(SPECIES, values, place)).intoArray(values, place);
      }
    }
  }

  @Override
  public void adam(
      float[] x, float[] m, float[] v, float[] gradient, int at, float stepSize, float regParam) {
    for (int d = 0; d < x.length; d += WIDTH) {
      FloatVector row = FloatVector.fromArray(SPECIES, x, d);
      FloatVector g = row.mul(regParam).add(FloatVector.fromArray(SPECIES, gradient, at + d));
      FloatVector first = FloatVector.fromArray(SPECIES, m, d).mul(BETA1).add(g.mul(1 - BETA1));
      FloatVector second =
          FloatVector.fromArray(SPECIES, v, d).mul(BETA2).add(g.mul(1 - BETA2).mul(g));
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
