package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 256 bits through jdk.incubator.vector; loaded by name, as the module may
 * be absent. For C2 of JDK 17 the methods are small and call the vector class or {@link Simd}
 * directly: past its node limit it inlines no method of ours any more, and a vector that such a
 * method returns is boxed.
 */
final class SimdRowMath extends RowMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  SimdRowMath() {
    Simd.requireRegisters();
  }

  @Override
  public float dot(float[] a, float[] b) {
    FloatVector low = FloatVector.zero(SPECIES);
    FloatVector high = FloatVector.zero(SPECIES);
    for (int d = 0; d < a.length; d += LANES) {
      low = Simd.load(a, d).fma(Simd.load(b, d), low);
      high = Simd.load(a, d + WIDTH).fma(Simd.load(b, d + WIDTH), high);
    }
    float[] sums = new float[WIDTH];
    Simd.ONE.fma(low, high).intoArray(sums, 0);
    return tree(sums, 0);
  }

  @Override
  public void dots(float[] x, float[][] rows, int from, int n, float[] out, int at) {
    float[] sums = new float[4 * WIDTH];
    int j = 0;
    for (; j + 3 < n; j += 4) {
      fourDots(x, rows[from + j], rows[from + j + 1], rows[from + j + 2], rows[from + j + 3], sums);
      out[at + j] = tree(sums, 0);
      out[at + j + 1] = tree(sums, WIDTH);
      out[at + j + 2] = tree(sums, 2 * WIDTH);
      out[at + j + 3] = tree(sums, 3 * WIDTH);
    }
    for (; j < n; j++) {
      out[at + j] = dot(x, rows[from + j]);
    }
  }

  private static void fourDots(
      float[] x, float[] a, float[] b, float[] c, float[] e, float[] sums) {
    FloatVector aLow = FloatVector.zero(SPECIES);
    FloatVector bLow = FloatVector.zero(SPECIES);
    FloatVector cLow = FloatVector.zero(SPECIES);
    FloatVector eLow = FloatVector.zero(SPECIES);
    FloatVector aHigh = FloatVector.zero(SPECIES);
    FloatVector bHigh = FloatVector.zero(SPECIES);
    FloatVector cHigh = FloatVector.zero(SPECIES);
    FloatVector eHigh = FloatVector.zero(SPECIES);
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector low = Simd.load(x, d);
      aLow = low.fma(Simd.load(a, d), aLow);
      bLow = low.fma(Simd.load(b, d), bLow);
      cLow = low.fma(Simd.load(c, d), cLow);
      eLow = low.fma(Simd.load(e, d), eLow);
      FloatVector high = Simd.load(x, d + WIDTH);
      aHigh = high.fma(Simd.load(a, d + WIDTH), aHigh);
      bHigh = high.fma(Simd.load(b, d + WIDTH), bHigh);
      cHigh = high.fma(Simd.load(c, d + WIDTH), cHigh);
      eHigh = high.fma(Simd.load(e, d + WIDTH), eHigh);
    }
    Simd.ONE.fma(aLow, aHigh).intoArray(sums, 0);
    Simd.ONE.fma(bLow, bHigh).intoArray(sums, WIDTH);
    Simd.ONE.fma(cLow, cHigh).intoArray(sums, 2 * WIDTH);
    Simd.ONE.fma(eLow, eHigh).intoArray(sums, 3 * WIDTH);
  }

  @Override
  public void add(float factor, float[] x, float[] y) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int d = 0; d < y.length; d += WIDTH) {
      Simd.load(x, d).fma(factors, Simd.load(y, d)).intoArray(y, d);
    }
  }

  @Override
  public void addAll(
      float[] factors, int at, int stride, float[][] rows, int from, int n, float[] y) {
    int j = 0;
    int f = at;
    for (; j + 3 < n; j += 4, f += 4 * stride) {
      addFour(factors, f, stride, rows, from + j, y);
    }
    for (; j < n; j++, f += stride) {
      add(factors[f], rows[from + j], y);
    }
  }

  private static void addFour(float[] f, int at, int stride, float[][] rows, int r, float[] y) {
    FloatVector factor0 = FloatVector.broadcast(SPECIES, f[at]);
    FloatVector factor1 = FloatVector.broadcast(SPECIES, f[at + stride]);
    FloatVector factor2 = FloatVector.broadcast(SPECIES, f[at + 2 * stride]);
    FloatVector factor3 = FloatVector.broadcast(SPECIES, f[at + 3 * stride]);
    float[] row0 = rows[r];
    float[] row1 = rows[r + 1];
    float[] row2 = rows[r + 2];
    float[] row3 = rows[r + 3];
    for (int d = 0; d < y.length; d += WIDTH) {
      FloatVector sum = Simd.load(y, d);
      sum = Simd.load(row0, d).fma(factor0, sum);
      sum = Simd.load(row1, d).fma(factor1, sum);
      sum = Simd.load(row2, d).fma(factor2, sum);
      Simd.load(row3, d).fma(factor3, sum).intoArray(y, d);
    }
  }

  @Override
  public void misses(float[] products, int from, int n, float stepSize, float[] likelihoods) {
    FloatVector likelihood = FloatVector.broadcast(SPECIES, 1);
    for (int at = from * WIDTH; at < (from + n) * WIDTH; at += WIDTH) {
      FloatVector x = Simd.load(products, at);
      VectorMask<Float> high = x.compare(VectorOperators.GE, Logistic.LIMIT);
      VectorMask<Float> low = x.compare(VectorOperators.LE, -Logistic.LIMIT);
      FloatVector half = x.blend(Logistic.LIMIT, high).blend(-Logistic.LIMIT, low).mul(0.5f);
      FloatVector z = half.mul(half);
      FloatVector above = z.add(378).fma(z, z.broadcast(17325)).fma(z, z.broadcast(135135));
      FloatVector below =
          z.fma(z.broadcast(28), z.broadcast(3150))
              .fma(z, z.broadcast(62370))
              .fma(z, z.broadcast(135135));
      FloatVector miss =
          half.mul(above)
              .div(below)
              .fma(z.broadcast(0.5f), z.broadcast(0.5f))
              .blend(0, x.compare(VectorOperators.EQ, NO_PAIR));
      likelihood = miss.neg().add(1).mul(likelihood);
      miss.mul(-stepSize).blend(0, high).blend(0, low).intoArray(products, at);
    }
    Simd.ONE.mul(likelihood).intoArray(likelihoods, 0);
  }

  /** Eight sums to one, as {@link ScalarRowMath}'s last three halvings. */
  private static float tree(float[] s, int at) {
    float a = s[at] + s[at + 4];
    float b = s[at + 1] + s[at + 5];
    float c = s[at + 2] + s[at + 6];
    float e = s[at + 3] + s[at + 7];
    return (a + c) + (b + e);
  }

  @Override
  public String toString() {
    return SPECIES.toString();
  }
}
