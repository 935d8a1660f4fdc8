package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Vector instructions of 256 bits, written as in {@link SimdRowMath}. */
final class SimdCbowMath extends CbowMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  private static final VectorMask<Float> HALF = SimdPanelMath.HALF;
  private static final VectorMask<Float> PAIRS = SimdPanelMath.PAIRS;
  private static final VectorMask<Float> ODD = SimdPanelMath.ODD;
  private static final VectorShuffle<Float> SWAP_HALVES = SimdPanelMath.SWAP_HALVES;
  private static final VectorShuffle<Float> SWAP_PAIRS = SimdPanelMath.SWAP_PAIRS;
  private static final VectorShuffle<Float> SWAP_NEIGHBOURS = SimdPanelMath.SWAP_NEIGHBOURS;

  /** Each second lane, twice. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, lane -> lane * 2 % WIDTH);

  SimdCbowMath() {
    Simd.requireRegisters();
  }

  @Override
  public void mean(float[][] matrix, IntList rows, int from, int to, float[] mean) {
    int d = 0;
    for (; d + 2 * RowMath.LANES <= mean.length; d += 2 * RowMath.LANES) {
      mean32(matrix, rows, from, to, mean, d);
    }
    if (d < mean.length) {
      mean16(matrix, rows, from, to, mean, d);
    }
  }

  private static void mean32(
      float[][] matrix, IntList rows, int from, int to, float[] mean, int d) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      sum0 = Simd.load(row, d).add(sum0);
      sum1 = Simd.load(row, d + WIDTH).add(sum1);
      sum2 = Simd.load(row, d + 2 * WIDTH).add(sum2);
      sum3 = Simd.load(row, d + 3 * WIDTH).add(sum3);
    }
    float share = 1f / (to - from);
    Simd.ONE.mul(sum0).mul(share).intoArray(mean, d);
    Simd.ONE.mul(sum1).mul(share).intoArray(mean, d + WIDTH);
    Simd.ONE.mul(sum2).mul(share).intoArray(mean, d + 2 * WIDTH);
    Simd.ONE.mul(sum3).mul(share).intoArray(mean, d + 3 * WIDTH);
  }

  private static void mean16(
      float[][] matrix, IntList rows, int from, int to, float[] mean, int d) {
    FloatVector low = FloatVector.zero(SPECIES);
    FloatVector high = FloatVector.zero(SPECIES);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      low = Simd.load(row, d).add(low);
      high = Simd.load(row, d + WIDTH).add(high);
    }
    float share = 1f / (to - from);
    Simd.ONE.mul(low).mul(share).intoArray(mean, d);
    Simd.ONE.mul(high).mul(share).intoArray(mean, d + WIDTH);
  }

  @Override
  public void addTo(float[][] matrix, IntList rows, int from, int to, float[] x) {
    int d = 0;
    for (; d + 2 * RowMath.LANES <= x.length; d += 2 * RowMath.LANES) {
      addTo32(matrix, rows, from, to, x, d);
    }
    if (d < x.length) {
      addTo16(matrix, rows, from, to, x, d);
    }
  }

  private static void addTo32(float[][] matrix, IntList rows, int from, int to, float[] x, int d) {
    FloatVector x0 = Simd.load(x, d);
    FloatVector x1 = Simd.load(x, d + WIDTH);
    FloatVector x2 = Simd.load(x, d + 2 * WIDTH);
    FloatVector x3 = Simd.load(x, d + 3 * WIDTH);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      Simd.load(row, d).add(x0).intoArray(row, d);
      Simd.load(row, d + WIDTH).add(x1).intoArray(row, d + WIDTH);
      Simd.load(row, d + 2 * WIDTH).add(x2).intoArray(row, d + 2 * WIDTH);
      Simd.load(row, d + 3 * WIDTH).add(x3).intoArray(row, d + 3 * WIDTH);
    }
  }

  private static void addTo16(float[][] matrix, IntList rows, int from, int to, float[] x, int d) {
    FloatVector low = Simd.load(x, d);
    FloatVector high = Simd.load(x, d + WIDTH);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      Simd.load(row, d).add(low).intoArray(row, d);
      Simd.load(row, d + WIDTH).add(high).intoArray(row, d + WIDTH);
    }
  }

  @Override
  public void products(float[] x, float[][] matrix, int[] rows, int n, float[] out) {
    int r = 0;
    for (; r + 4 < n; r += WIDTH) {
      eightProducts(x, matrix, rows, r, out);
    }
    if (r < n) {
      fourProducts(x, matrix, rows, r, out);
    }
  }

  private static void fourProducts(float[] x, float[][] matrix, int[] rows, int r, float[] out) {
    float[] row0 = matrix[rows[r]];
    float[] row1 = matrix[rows[r + 1]];
    float[] row2 = matrix[rows[r + 2]];
    float[] row3 = matrix[rows[r + 3]];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int d = 0; d < x.length; d += WIDTH) {
      FloatVector v = Simd.load(x, d);
      sum0 = v.fma(Simd.load(row0, d), sum0);
      sum1 = v.fma(Simd.load(row1, d), sum1);
      sum2 = v.fma(Simd.load(row2, d), sum2);
      sum3 = v.fma(Simd.load(row3, d), sum3);
    }
    FloatVector last0 = Simd.ONE.mul(sum0);
    FloatVector last1 = Simd.ONE.mul(sum1);
    FloatVector last2 = Simd.ONE.mul(sum2);
    FloatVector last3 = Simd.ONE.mul(sum3);
    // As eightProducts, but each sum stands in two lanes at the end.
    FloatVector sums02 =
        last0.blend(last2, HALF).add(last2.blend(last0, HALF).rearrange(SWAP_HALVES));
    FloatVector sums13 =
        last1.blend(last3, HALF).add(last3.blend(last1, HALF).rearrange(SWAP_HALVES));
    FloatVector pairs =
        sums02.blend(sums13, PAIRS).add(sums13.blend(sums02, PAIRS).rearrange(SWAP_PAIRS));
    pairs.add(pairs.rearrange(SWAP_NEIGHBOURS)).rearrange(EVEN).intoArray(out, r);
  }

  private static void eightProducts(float[] x, float[][] matrix, int[] rows, int r, float[] out) {
    float[] row0 = matrix[rows[r]];
    float[] row1 = matrix[rows[r + 1]];
    float[] row2 = matrix[rows[r + 2]];
    float[] row3 = matrix[rows[r + 3]];
    float[] row4 = matrix[rows[r + 4]];
    float[] row5 = matrix[rows[r + 5]];
    float[] row6 = matrix[rows[r + 6]];
    float[] row7 = matrix[rows[r + 7]];
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    FloatVector sum4 = FloatVector.zero(SPECIES);
    FloatVector sum5 = FloatVector.zero(SPECIES);
    FloatVector sum6 = FloatVector.zero(SPECIES);
    FloatVector sum7 = FloatVector.zero(SPECIES);
    for (int d = 0; d < x.length; d += WIDTH) {
      FloatVector v = Simd.load(x, d);
      sum0 = v.fma(Simd.load(row0, d), sum0);
      sum1 = v.fma(Simd.load(row1, d), sum1);
      sum2 = v.fma(Simd.load(row2, d), sum2);
      sum3 = v.fma(Simd.load(row3, d), sum3);
      sum4 = v.fma(Simd.load(row4, d), sum4);
      sum5 = v.fma(Simd.load(row5, d), sum5);
      sum6 = v.fma(Simd.load(row6, d), sum6);
      sum7 = v.fma(Simd.load(row7, d), sum7);
    }
    FloatVector last0 = Simd.ONE.mul(sum0);
    FloatVector last1 = Simd.ONE.mul(sum1);
    FloatVector last2 = Simd.ONE.mul(sum2);
    FloatVector last3 = Simd.ONE.mul(sum3);
    FloatVector last4 = Simd.ONE.mul(sum4);
    FloatVector last5 = Simd.ONE.mul(sum5);
    FloatVector last6 = Simd.ONE.mul(sum6);
    FloatVector last7 = Simd.ONE.mul(sum7);
    // Two vectors become one that holds the half sums of both; after three times, all eight sums.
    FloatVector sums04 =
        last0.blend(last4, HALF).add(last4.blend(last0, HALF).rearrange(SWAP_HALVES));
    FloatVector sums15 =
        last1.blend(last5, HALF).add(last5.blend(last1, HALF).rearrange(SWAP_HALVES));
    FloatVector sums26 =
        last2.blend(last6, HALF).add(last6.blend(last2, HALF).rearrange(SWAP_HALVES));
    FloatVector sums37 =
        last3.blend(last7, HALF).add(last7.blend(last3, HALF).rearrange(SWAP_HALVES));
    FloatVector even =
        sums04.blend(sums26, PAIRS).add(sums26.blend(sums04, PAIRS).rearrange(SWAP_PAIRS));
    FloatVector odd =
        sums15.blend(sums37, PAIRS).add(sums37.blend(sums15, PAIRS).rearrange(SWAP_PAIRS));
    even.blend(odd, ODD).add(odd.blend(even, ODD).rearrange(SWAP_NEIGHBOURS)).intoArray(out, r);
  }

  @Override
  public void exchange(
      float[] factors, float[][] matrix, int[] rows, int n, float[] x, float[] error) {
    int d = 0;
    for (; d + 2 * RowMath.LANES <= x.length; d += 2 * RowMath.LANES) {
      exchange32(factors, matrix, rows, n, x, error, d);
    }
    if (d < x.length) {
      exchange16(factors, matrix, rows, n, x, error, d);
    }
  }

  private static void exchange32(
      float[] factors, float[][] matrix, int[] rows, int n, float[] x, float[] error, int d) {
    FloatVector x0 = Simd.load(x, d);
    FloatVector x1 = Simd.load(x, d + WIDTH);
    FloatVector x2 = Simd.load(x, d + 2 * WIDTH);
    FloatVector x3 = Simd.load(x, d + 3 * WIDTH);
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int r = 0; r < n; r++) {
      float[] row = matrix[rows[r]];
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[r]);
      FloatVector old0 = Simd.load(row, d);
      FloatVector old1 = Simd.load(row, d + WIDTH);
      FloatVector old2 = Simd.load(row, d + 2 * WIDTH);
      FloatVector old3 = Simd.load(row, d + 3 * WIDTH);
      sum0 = old0.fma(factor, sum0);
      sum1 = old1.fma(factor, sum1);
      sum2 = old2.fma(factor, sum2);
      sum3 = old3.fma(factor, sum3);
      x0.fma(factor, old0).intoArray(row, d);
      x1.fma(factor, old1).intoArray(row, d + WIDTH);
      x2.fma(factor, old2).intoArray(row, d + 2 * WIDTH);
      x3.fma(factor, old3).intoArray(row, d + 3 * WIDTH);
    }
    Simd.ONE.mul(sum0).intoArray(error, d);
    Simd.ONE.mul(sum1).intoArray(error, d + WIDTH);
    Simd.ONE.mul(sum2).intoArray(error, d + 2 * WIDTH);
    Simd.ONE.mul(sum3).intoArray(error, d + 3 * WIDTH);
  }

  private static void exchange16(
      float[] factors, float[][] matrix, int[] rows, int n, float[] x, float[] error, int d) {
    FloatVector low = Simd.load(x, d);
    FloatVector high = Simd.load(x, d + WIDTH);
    FloatVector lowSum = FloatVector.zero(SPECIES);
    FloatVector highSum = FloatVector.zero(SPECIES);
    for (int r = 0; r < n; r++) {
      float[] row = matrix[rows[r]];
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[r]);
      FloatVector oldLow = Simd.load(row, d);
      FloatVector oldHigh = Simd.load(row, d + WIDTH);
      lowSum = oldLow.fma(factor, lowSum);
      highSum = oldHigh.fma(factor, highSum);
      low.fma(factor, oldLow).intoArray(row, d);
      high.fma(factor, oldHigh).intoArray(row, d + WIDTH);
    }
    Simd.ONE.mul(lowSum).intoArray(error, d);
    Simd.ONE.mul(highSum).intoArray(error, d + WIDTH);
  }

  @Override
  public String toString() {
    return SPECIES.toString();
  }
}
