package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 256 bits, written as in {@link SimdRowMath}. Four rows times sixteen
 * columns are eight registers of sums, enough to keep two multipliers of latency four busy.
 */
final class SimdBatchMath extends BatchMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int WIDTH = RowMath.WIDTH;

  SimdBatchMath() {
    SimdRowMath.requireRegisters();
  }

  @Override
  public void addProduct(Block left, Block right, Block product, int rows, int depth) {
    for (int i = 0; i < rows; i += ROWS) {
      addRows(
          left.values,
          left.at + i * left.rowStride,
          left.rowStride,
          left.columnStride,
          right.values,
          right.at,
          right.rowStride,
          depth,
          product.values,
          product.at + i * product.rowStride,
          product.rowStride);
    }
  }

  private static void addRows(
      float[] left,
      int at,
      int rowStride,
      int columnStride,
      float[] right,
      int from,
      int stride,
      int depth,
      float[] out,
      int to,
      int outStride) {
    int to1 = to + outStride;
    int to2 = to1 + outStride;
    int to3 = to2 + outStride;
    FloatVector low0 = FloatVector.fromArray(SPECIES, out, to);
    FloatVector low1 = FloatVector.fromArray(SPECIES, out, to1);
    FloatVector low2 = FloatVector.fromArray(SPECIES, out, to2);
    FloatVector low3 = FloatVector.fromArray(SPECIES, out, to3);
    FloatVector high0 = FloatVector.fromArray(SPECIES, out, to + WIDTH);
    FloatVector high1 = FloatVector.fromArray(SPECIES, out, to1 + WIDTH);
    FloatVector high2 = FloatVector.fromArray(SPECIES, out, to2 + WIDTH);
    FloatVector high3 = FloatVector.fromArray(SPECIES, out, to3 + WIDTH);
    int l = at;
    int r = from;
    for (int k = 0; k < depth; k++, l += columnStride, r += stride) {
      FloatVector low = FloatVector.fromArray(SPECIES, right, r);
      FloatVector high = FloatVector.fromArray(SPECIES, right, r + WIDTH);
      FloatVector value0 = FloatVector.broadcast(SPECIES, left[l]);
      low0 = low.fma(value0, low0);
      high0 = high.fma(value0, high0);
      FloatVector value1 = FloatVector.broadcast(SPECIES, left[l + rowStride]);
      low1 = low.fma(value1, low1);
      high1 = high.fma(value1, high1);
      FloatVector value2 = FloatVector.broadcast(SPECIES, left[l + 2 * rowStride]);
      low2 = low.fma(value2, low2);
      high2 = high.fma(value2, high2);
      FloatVector value3 = FloatVector.broadcast(SPECIES, left[l + 3 * rowStride]);
      low3 = low.fma(value3, low3);
      high3 = high.fma(value3, high3);
    }
    low0.intoArray(out, to);
    low1.intoArray(out, to1);
    low2.intoArray(out, to2);
    low3.intoArray(out, to3);
    high0.intoArray(out, to + WIDTH);
    high1.intoArray(out, to1 + WIDTH);
    high2.intoArray(out, to2 + WIDTH);
    high3.intoArray(out, to3 + WIDTH);
  }

  @Override
  public void exponentials(
      float[] values, int at, int stride, int rows, float[] largest, float[] sums, int to) {
    for (int c = 0; c < COLUMNS; c += WIDTH) {
      largest(values, at + c, stride, rows, largest, to + c);
      exponentials(values, at + c, stride, rows, largest, to + c);
      sum(values, at + c, stride, rows, sums, to + c);
    }
  }

  private static void largest(
      float[] values, int at, int stride, int rows, float[] largest, int to) {
    FloatVector top = FloatVector.fromArray(SPECIES, largest, to);
    for (int i = 0, place = at; i < rows; i++, place += stride) {
      top = top.max(FloatVector.fromArray(SPECIES, values, place));
    }
    top.intoArray(largest, to);
  }

  /** {@link Exponential#exp}, step by step. */
  private static void exponentials(
      float[] values, int at, int stride, int rows, float[] largest, int to) {
    FloatVector top = FloatVector.fromArray(SPECIES, largest, to);
    for (int i = 0, place = at; i < rows; i++, place += stride) {
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

  private static void sum(float[] values, int at, int stride, int rows, float[] sums, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0, place = at; i < rows; i++, place += stride) {
      sum = sum.add(FloatVector.fromArray(SPECIES, values, place));
    }
    sum.intoArray(sums, to);
  }

  @Override
  public void scale(float[] values, int at, int rows, int n, float[] factors) {
    for (int c = 0; c < n; c += WIDTH) {
      FloatVector factor = FloatVector.fromArray(SPECIES, factors, c);
      for (int i = 0, place = at + c; i < rows; i++, place += n) {
        factor.mul(FloatVector.fromArray(SPECIES, values, place)).intoArray(values, place);
      }
    }
  }

  @Override
  public void adam(
      float[] x,
      float[] m,
      float[] v,
      float[] gradient,
      int at,
      float stepSize,
      float regParam) {
    for (int d = 0; d < x.length; d += WIDTH) {
      FloatVector row = FloatVector.fromArray(SPECIES, x, d);
      FloatVector g = row.mul(regParam).add(FloatVector.fromArray(SPECIES, gradient, at + d));
      FloatVector first =
          FloatVector.fromArray(SPECIES, m, d).mul(BETA1).add(g.mul(1 - BETA1));
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
