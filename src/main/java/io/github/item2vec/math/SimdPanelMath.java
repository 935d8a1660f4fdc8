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
    Simd.requireRegisters();
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
      FloatVector x = Simd.load(row, d);
      sum0 = x.fma(Simd.load(panel, p), sum0);
      sum1 = x.fma(Simd.load(panel, p + WIDTH), sum1);
      sum2 = x.fma(Simd.load(panel, p + 2 * WIDTH), sum2);
      sum3 = x.fma(Simd.load(panel, p + 3 * WIDTH), sum3);
      sum4 = x.fma(Simd.load(panel, p + 4 * WIDTH), sum4);
      sum5 = x.fma(Simd.load(panel, p + 5 * WIDTH), sum5);
      sum6 = x.fma(Simd.load(panel, p + 6 * WIDTH), sum6);
      sum7 = x.fma(Simd.load(panel, p + 7 * WIDTH), sum7);
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
    even.blend(odd, ODD).add(odd.blend(even, ODD).rearrange(SWAP_NEIGHBOURS)).intoArray(out, at);
  }

  @Override
  public void turnPairs(float[] products, int r, int from, int to) {
    Simd.load(products, r * WIDTH)
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
      Simd.load(row, d).intoArray(panel, d * WIDTH + at);
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
      FloatVector row = Simd.load(a, d);
      FloatVector sum = row;
      for (int i = 0; i < WIDTH; i++) {
        int p = (d + i) * WIDTH;
        FloatVector factor = FloatVector.broadcast(SPECIES, f[at + i]);
        sum = Simd.load(panel, p).fma(factor, sum);
        row.fma(factor, Simd.load(errors, p)).intoArray(errors, p);
      }
      Simd.ONE.mul(sum).intoArray(a, d);
    }
  }

  private static void exchangeTwo(
      float[] f, int at, float[] a, float[] b, float[] panel, float[] errors) {
    addTwoTo(errors, f, at, a, b);
    addPanelTo(a, b, f, at, panel);
  }

  /** Two methods, for C2 of JDK 17 gives up on one of this length. */
  private static void addTwoTo(float[] errors, float[] f, int at, float[] a, float[] b) {
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
      FloatVector rowA = Simd.load(a, d);
      FloatVector rowB = Simd.load(b, d);
      FloatVector e0 = rowA.fma(a0, FloatVector.fromArray(SPECIES, errors, p));
      rowB.fma(b0, e0).intoArray(errors, p);
      FloatVector e1 = rowA.fma(a1, FloatVector.fromArray(SPECIES, errors, p + WIDTH));
      rowB.fma(b1, e1).intoArray(errors, p + WIDTH);
      FloatVector e2 = rowA.fma(a2, FloatVector.fromArray(SPECIES, errors, p + 2 * WIDTH));
      rowB.fma(b2, e2).intoArray(errors, p + 2 * WIDTH);
      FloatVector e3 = rowA.fma(a3, FloatVector.fromArray(SPECIES, errors, p + 3 * WIDTH));
      rowB.fma(b3, e3).intoArray(errors, p + 3 * WIDTH);
      FloatVector e4 = rowA.fma(a4, FloatVector.fromArray(SPECIES, errors, p + 4 * WIDTH));
      rowB.fma(b4, e4).intoArray(errors, p + 4 * WIDTH);
      FloatVector e5 = rowA.fma(a5, FloatVector.fromArray(SPECIES, errors, p + 5 * WIDTH));
      rowB.fma(b5, e5).intoArray(errors, p + 5 * WIDTH);
      FloatVector e6 = rowA.fma(a6, FloatVector.fromArray(SPECIES, errors, p + 6 * WIDTH));
      rowB.fma(b6, e6).intoArray(errors, p + 6 * WIDTH);
      FloatVector e7 = rowA.fma(a7, FloatVector.fromArray(SPECIES, errors, p + 7 * WIDTH));
      rowB.fma(b7, e7).intoArray(errors, p + 7 * WIDTH);
    }
  }

  private static void addPanelTo(float[] a, float[] b, float[] f, int at, float[] panel) {
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
      FloatVector sumA = FloatVector.fromArray(SPECIES, a, d);
      FloatVector sumB = FloatVector.fromArray(SPECIES, b, d);
      FloatVector x0 = Simd.load(panel, p);
      sumA = x0.fma(a0, sumA);
      sumB = x0.fma(b0, sumB);
      FloatVector x1 = Simd.load(panel, p + WIDTH);
      sumA = x1.fma(a1, sumA);
      sumB = x1.fma(b1, sumB);
      FloatVector x2 = Simd.load(panel, p + 2 * WIDTH);
      sumA = x2.fma(a2, sumA);
      sumB = x2.fma(b2, sumB);
      FloatVector x3 = Simd.load(panel, p + 3 * WIDTH);
      sumA = x3.fma(a3, sumA);
      sumB = x3.fma(b3, sumB);
      FloatVector x4 = Simd.load(panel, p + 4 * WIDTH);
      sumA = x4.fma(a4, sumA);
      sumB = x4.fma(b4, sumB);
      FloatVector x5 = Simd.load(panel, p + 5 * WIDTH);
      sumA = x5.fma(a5, sumA);
      sumB = x5.fma(b5, sumB);
      FloatVector x6 = Simd.load(panel, p + 6 * WIDTH);
      sumA = x6.fma(a6, sumA);
      sumB = x6.fma(b6, sumB);
      FloatVector x7 = Simd.load(panel, p + 7 * WIDTH);
      sumA = x7.fma(a7, sumA);
      sumB = x7.fma(b7, sumB);
      sumA.intoArray(a, d);
      sumB.intoArray(b, d);
    }
  }

  @Override
  public void addRow(float[] panel, int i, float[] y) {
    for (int d = 0; d < y.length; d += WIDTH) {
      Simd.load(y, d).add(Simd.load(panel, (d + i) * WIDTH)).intoArray(y, d);
    }
  }

  @Override
  public String toString() {
    return SPECIES.toString();
  }
}
