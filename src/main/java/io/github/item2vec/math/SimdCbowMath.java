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
    SimdRowMath.requireRegisters();
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
      sum0 = sum0.add(FloatVector.fromArray(SPECIES, row, d));
      sum1 = sum1.add(FloatVector.fromArray(SPECIES, row, d + WIDTH));
      sum2 = sum2.add(FloatVector.fromArray(SPECIES, row, d + 2 * WIDTH));
      sum3 = sum3.add(FloatVector.fromArray(SPECIES, row, d + 3 * WIDTH));
    }
    float share = 1f / (to - from);
    sum0.mul(share).intoArray(mean, d);
    sum1.mul(share).intoArray(mean, d + WIDTH);
    sum2.mul(share).intoArray(mean, d + 2 * WIDTH);
    sum3.mul(share).intoArray(mean, d + 3 * WIDTH);
  }

  private static void mean16(
      float[][] matrix, IntList rows, int from, int to, float[] mean, int d) {
    FloatVector low = FloatVector.zero(SPECIES);
    FloatVector high = FloatVector.zero(SPECIES);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      low = low.add(FloatVector.fromArray(SPECIES, row, d));
      high = high.add(FloatVector.fromArray(SPECIES, row, d + WIDTH));
    }
    float share = 1f / (to - from);
    low.mul(share).intoArray(mean, d);
    high.mul(share).intoArray(mean, d + WIDTH);
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
    FloatVector x0 = FloatVector.fromArray(SPECIES, x, d);
    FloatVector x1 = FloatVector.fromArray(SPECIES, x, d + WIDTH);
    FloatVector x2 = FloatVector.fromArray(SPECIES, x, d + 2 * WIDTH);
    FloatVector x3 = FloatVector.fromArray(SPECIES, x, d + 3 * WIDTH);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      x0.add(FloatVector.fromArray(SPECIES, row, d)).intoArray(row, d);
      x1.add(FloatVector.fromArray(SPECIES, row, d + WIDTH)).intoArray(row, d + WIDTH);
      x2.add(FloatVector.fromArray(SPECIES, row, d + 2 * WIDTH)).intoArray(row, d + 2 * WIDTH);
      x3.add(FloatVector.fromArray(SPECIES, row, d + 3 * WIDTH)).intoArray(row, d + 3 * WIDTH);
    }
  }

  private static void addTo16(float[][] matrix, IntList rows, int from, int to, float[] x, int d) {
    FloatVector low = FloatVector.fromArray(SPECIES, x, d);
    FloatVector high = FloatVector.fromArray(SPECIES, x, d + WIDTH);
    for (int r = from; r < to; r++) {
      float[] row = matrix[rows.get(r)];
      low.add(FloatVector.fromArray(SPECIES, row, d)).intoArray(row, d);
      high.add(FloatVector.fromArray(SPECIES, row, d + WIDTH)).intoArray(row, d + WIDTH);
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
      FloatVector v = FloatVector.fromArray(SPECIES, x, d);
      sum0 = v.fma(FloatVector.fromArray(SPECIES, row0, d), sum0);
      sum1 = v.fma(FloatVector.fromArray(SPECIES, row1, d), sum1);
      sum2 = v.fma(FloatVector.fromArray(SPECIES, row2, d), sum2);
      sum3 = v.fma(FloatVector.fromArray(SPECIES, row3, d), sum3);
    }
    // As eightProducts, but each sum stands in two lanes at the end.
    FloatVector sums02 = sum0.blend(sum2, HALF).add(sum2.blend(sum0, HALF).rearrange(SWAP_HALVES));
    FloatVector sums13 = sum1.blend(sum3, HALF).add(sum3.blend(sum1, HALF).rearrange(SWAP_HALVES));
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
      FloatVector v = FloatVector.fromArray(SPECIES, x, d);
      sum0 = v.fma(FloatVector.fromArray(SPECIES, row0, d), sum0);
      sum1 = v.fma(FloatVector.fromArray(SPECIES, row1, d), sum1);
      sum2 = v.fma(FloatVector.fromArray(SPECIES, row2, d), sum2);
      sum3 = v.fma(FloatVector.fromArray(SPECIES, row3, d), sum3);
      sum4 = v.fma(FloatVector.fromArray(SPECIES, row4, d), sum4);
      sum5 = v.fma(FloatVector.fromArray(SPECIES, row5, d), sum5);
      sum6 = v.fma(FloatVector.fromArray(SPECIES, row6, d), sum6);
      sum7 = v.fma(FloatVector.fromArray(SPECIES, row7, d), sum7);
    }
    // Two vectors become one that holds the half sums of both; after three times, all eight sums.
    FloatVector sums04 = sum0.blend(sum4, HALF).add(sum4.blend(sum0, HALF).rearrange(SWAP_HALVES));
    FloatVector sums15 = sum1.blend(sum5, HALF).add(sum5.blend(sum1, HALF).rearrange(SWAP_HALVES));
    FloatVector sums26 = sum2.blend(sum6, HALF).add(sum6.blend(sum2, HALF).rearrange(SWAP_HALVES));
    FloatVector sums37 = sum3.blend(sum7, HALF).add(sum7.blend(sum3, HALF).rearrange(SWAP_HALVES));
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
    FloatVector x0 = FloatVector.fromArray(SPECIES, x, d);
    FloatVector x1 = FloatVector.fromArray(SPECIES, x, d + WIDTH);
    FloatVector x2 = FloatVector.fromArray(SPECIES, x, d + 2 * WIDTH);
    FloatVector x3 = FloatVector.fromArray(SPECIES, x, d + 3 * WIDTH);
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int r = 0; r < n; r++) {
      float[] row = matrix[rows[r]];
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[r]);
      FloatVector old0 = FloatVector.fromArray(SPECIES, row, d);
      FloatVector old1 = FloatVector.fromArray(SPECIES, row, d + WIDTH);
      FloatVector old2 = FloatVector.fromArray(SPECIES, row, d + 2 * WIDTH);
      FloatVector old3 = FloatVector.fromArray(SPECIES, row, d + 3 * WIDTH);
      sum0 = factor.fma(old0, sum0);
      sum1 = factor.fma(old1, sum1);
      sum2 = factor.fma(old2, sum2);
      sum3 = factor.fma(old3, sum3);
      factor.fma(x0, old0).intoArray(row, d);
      factor.fma(x1, old1).intoArray(row, d + WIDTH);
      factor.fma(x2, old2).intoArray(row, d + 2 * WIDTH);
      factor.fma(x3, old3).intoArray(row, d + 3 * WIDTH);
    }
    sum0.intoArray(error, d);
    sum1.intoArray(error, d + WIDTH);
    sum2.intoArray(error, d + 2 * WIDTH);
    sum3.intoArray(error, d + 3 * WIDTH);
  }

  private static void exchange16(
      float[] factors, float[][] matrix, int[] rows, int n, float[] x, float[] error, int d) {
    FloatVector low = FloatVector.fromArray(SPECIES, x, d);
    FloatVector high = FloatVector.fromArray(SPECIES, x, d + WIDTH);
    FloatVector lowSum = FloatVector.zero(SPECIES);
    FloatVector highSum = FloatVector.zero(SPECIES);
    for (int r = 0; r < n; r++) {
      float[] row = matrix[rows[r]];
      FloatVector factor = FloatVector.broadcast(SPECIES, factors[r]);
      FloatVector oldLow = FloatVector.fromArray(SPECIES, row, d);
      FloatVector oldHigh = FloatVector.fromArray(SPECIES, row, d + WIDTH);
      lowSum = factor.fma(oldLow, lowSum);
      highSum = factor.fma(oldHigh, highSum);
      factor.fma(low, oldLow).intoArray(row, d);
      factor.fma(high, oldHigh).intoArray(row, d + WIDTH);
    }
    lowSum.intoArray(error, d);
    highSum.intoArray(error, d + WIDTH);
  }

  @Override
  public String toString() {
    return SPECIES.toString();
  }
}
