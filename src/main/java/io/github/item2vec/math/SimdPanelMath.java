package io.github.item2vec.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Vector instructions of 256 bits, written as in {@link SimdRowMath}. */
final class SimdPanelMath extends PanelMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  /** Lanes 4 to 7; the second two of each four; the second of each two. */
  static final VectorMask<Float> HALF = VectorMask.fromLong(SPECIES, 0b11110000);

  static final VectorMask<Float> PAIRS = VectorMask.fromLong(SPECIES, 0b11001100);
  static final VectorMask<Float> ODD = VectorMask.fromLong(SPECIES, 0b10101010);

  static final VectorShuffle<Float> SWAP_HALVES = swap(4);
  static final VectorShuffle<Float> SWAP_PAIRS = swap(2);
  static final VectorShuffle<Float> SWAP_NEIGHBOURS = swap(1);

  /** 0 to 7. */
  private static final FloatVector COLUMNS = FloatVector.zero(SPECIES).addIndex(1);

  SimdPanelMath() {
    SimdRowMath.requireRegisters();
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance);
  }

  @Override
  public void products(float[] panel, float[][] matrix, int[] rows, int n, float[] out) {
    for (int r = 0; r < n; r++) {
      eightProducts(panel, matrix[rows[r]], out, r * WIDTH);
    }
  }

  private static void eightProducts(float[] panel, float[] row, float[] out, int at) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    FloatVector sum4 = FloatVector.zero(SPECIES);
    FloatVector sum5 = FloatVector.zero(SPECIES);
    FloatVector sum6 = FloatVector.zero(SPECIES);
    FloatVector sum7 = FloatVector.zero(SPECIES);
    for (int d = 0; d < row.length; d += WIDTH) {
      int p = d * WIDTH;
      FloatVector x = FloatVector.fromArray(SPECIES, row, d);
      sum0 = x.fma(FloatVector.fromArray(SPECIES, panel, p), sum0);
      sum1 = x.fma(FloatVector.fromArray(SPECIES, panel, p + WIDTH), sum1);
      sum2 = x.fma(FloatVector.fromArray(SPECIES, panel, p + 2 * WIDTH), sum2);
      sum3 = x.fma(FloatVector.fromArray(SPECIES, panel, p + 3 * WIDTH), sum3);
      sum4 = x.fma(FloatVector.fromArray(SPECIES, panel, p + 4 * WIDTH), sum4);
      sum5 = x.fma(FloatVector.fromArray(SPECIES, panel, p + 5 * WIDTH), sum5);
      sum6 = x.fma(FloatVector.fromArray(SPECIES, panel, p + 6 * WIDTH), sum6);
      sum7 = x.fma(FloatVector.fromArray(SPECIES, panel, p + 7 * WIDTH), sum7);
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
    even.blend(odd, ODD).add(odd.blend(even, ODD).rearrange(SWAP_NEIGHBOURS)).intoArray(out, at);
  }

  @Override
  public void turnPairs(float[] products, int r, int from, int to) {
    FloatVector.fromArray(SPECIES, products, r * WIDTH)
        .neg()
        .blend(RowMath.NO_PAIR, COLUMNS.compare(VectorOperators.LT, from))
        .blend(RowMath.NO_PAIR, COLUMNS.compare(VectorOperators.GE, to))
        .intoArray(products, r * WIDTH);
  }

  @Override
  public void pack(float[][] matrix, int[] rows, int n, float[] panel) {
    if (n < WIDTH) {
      Arrays.fill(panel, 0);
    }
    for (int i = 0; i < n; i++) {
      packRow(matrix[rows[i]], i * WIDTH, panel);
    }
  }

  private static void packRow(float[] row, int at, float[] panel) {
    for (int d = 0; d < row.length; d += WIDTH) {
      FloatVector.fromArray(SPECIES, row, d).intoArray(panel, d * WIDTH + at);
    }
  }

  @Override
  public void exchange(
      float[] factors, float[][] matrix, int[] rows, int n, float[] panel, float[] errors) {
    Arrays.fill(errors, 0);
    int r = 0;
    for (; r + 1 < n; r += 2) {
      exchangeTwo(factors, r * WIDTH, matrix[rows[r]], matrix[rows[r + 1]], panel, errors);
    }
    if (r < n) {
      exchangeOne(factors, r * WIDTH, matrix[rows[r]], panel, errors);
    }
  }

  private static void exchangeOne(float[] f, int at, float[] a, float[] panel, float[] errors) {
    for (int d = 0; d < a.length; d += WIDTH) {
      FloatVector row = FloatVector.fromArray(SPECIES, a, d);
      FloatVector sum = row;
      for (int i = 0; i < WIDTH; i++) {
        int p = (d + i) * WIDTH;
        FloatVector factor = FloatVector.broadcast(SPECIES, f[at + i]);
        sum = factor.fma(FloatVector.fromArray(SPECIES, panel, p), sum);
        factor.fma(row, FloatVector.fromArray(SPECIES, errors, p)).intoArray(errors, p);
      }
      sum.intoArray(a, d);
    }
  }

  private static void exchangeTwo(
      float[] f, int at, float[] a, float[] b, float[] panel, float[] errors) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, f[at]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, f[at + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, f[at + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, f[at + 3]);
    FloatVector a4 = FloatVector.broadcast(SPECIES, f[at + 4]);
    FloatVector a5 = FloatVector.broadcast(SPECIES, f[at + 5]);
    FloatVector a6 = FloatVector.broadcast(SPECIES, f[at + 6]);
    FloatVector a7 = FloatVector.broadcast(SPECIES, f[at + 7]);
    FloatVector b0 = FloatVector.broadcast(SPECIES, f[at + 8]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, f[at + 9]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, f[at + 10]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, f[at + 11]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, f[at + 12]);
    FloatVector b5 = FloatVector.broadcast(SPECIES, f[at + 13]);
    FloatVector b6 = FloatVector.broadcast(SPECIES, f[at + 14]);
    FloatVector b7 = FloatVector.broadcast(SPECIES, f[at + 15]);
    for (int d = 0; d < a.length; d += WIDTH) {
      int p = d * WIDTH;
      FloatVector rowA = FloatVector.fromArray(SPECIES, a, d);
      FloatVector rowB = FloatVector.fromArray(SPECIES, b, d);
      FloatVector sumA = rowA;
      FloatVector sumB = rowB;
      FloatVector x0 = FloatVector.fromArray(SPECIES, panel, p);
      sumA = a0.fma(x0, sumA);
      sumB = b0.fma(x0, sumB);
      FloatVector e0 = a0.fma(rowA, FloatVector.fromArray(SPECIES, errors, p));
      b0.fma(rowB, e0).intoArray(errors, p);
      FloatVector x1 = FloatVector.fromArray(SPECIES, panel, p + WIDTH);
      sumA = a1.fma(x1, sumA);
      sumB = b1.fma(x1, sumB);
      FloatVector e1 = a1.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + WIDTH));
      b1.fma(rowB, e1).intoArray(errors, p + WIDTH);
      FloatVector x2 = FloatVector.fromArray(SPECIES, panel, p + 2 * WIDTH);
      sumA = a2.fma(x2, sumA);
      sumB = b2.fma(x2, sumB);
      FloatVector e2 = a2.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + 2 * WIDTH));
      b2.fma(rowB, e2).intoArray(errors, p + 2 * WIDTH);
      FloatVector x3 = FloatVector.fromArray(SPECIES, panel, p + 3 * WIDTH);
      sumA = a3.fma(x3, sumA);
      sumB = b3.fma(x3, sumB);
      FloatVector e3 = a3.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + 3 * WIDTH));
      b3.fma(rowB, e3).intoArray(errors, p + 3 * WIDTH);
      FloatVector x4 = FloatVector.fromArray(SPECIES, panel, p + 4 * WIDTH);
      sumA = a4.fma(x4, sumA);
      sumB = b4.fma(x4, sumB);
      FloatVector e4 = a4.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + 4 * WIDTH));
      b4.fma(rowB, e4).intoArray(errors, p + 4 * WIDTH);
      FloatVector x5 = FloatVector.fromArray(SPECIES, panel, p + 5 * WIDTH);
      sumA = a5.fma(x5, sumA);
      sumB = b5.fma(x5, sumB);
      FloatVector e5 = a5.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + 5 * WIDTH));
      b5.fma(rowB, e5).intoArray(errors, p + 5 * WIDTH);
      FloatVector x6 = FloatVector.fromArray(SPECIES, panel, p + 6 * WIDTH);
      sumA = a6.fma(x6, sumA);
      sumB = b6.fma(x6, sumB);
      FloatVector e6 = a6.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + 6 * WIDTH));
      b6.fma(rowB, e6).intoArray(errors, p + 6 * WIDTH);
      FloatVector x7 = FloatVector.fromArray(SPECIES, panel, p + 7 * WIDTH);
      sumA = a7.fma(x7, sumA);
      sumB = b7.fma(x7, sumB);
      FloatVector e7 = a7.fma(rowA, FloatVector.fromArray(SPECIES, errors, p + 7 * WIDTH));
      b7.fma(rowB, e7).intoArray(errors, p + 7 * WIDTH);
      sumA.intoArray(a, d);
      sumB.intoArray(b, d);
    }
  }

  @Override
  public void addRow(float[] panel, int i, float[] y) {
    for (int d = 0; d < y.length; d += WIDTH) {
      FloatVector.fromArray(SPECIES, y, d)
          .add(FloatVector.fromArray(SPECIES, panel, (d + i) * WIDTH))
          .intoArray(y, d);
    }
  }

  @Override
  public String toString() {
    return SPECIES.toString();
  }
}
