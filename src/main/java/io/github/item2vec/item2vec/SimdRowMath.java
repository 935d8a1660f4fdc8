package io.github.item2vec.item2vec;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 256 bits through jdk.incubator.vector; loaded by name, as the module may
 * be absent. For C2 of JDK 17 the methods are small and call the vector class directly: past its
 * node limit it inlines no method of ours any more, and a vector that such a method returns is
 * boxed.
 */
final class SimdRowMath extends RowMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int HALF = LANES / 2;

  SimdRowMath() {
    if (FloatVector.SPECIES_PREFERRED.length() < HALF) {
      throw new LinkageError("vectors of this machine are " + FloatVector.SPECIES_PREFERRED);
    }
  }

  @Override
  float dot(float[] a, float[] b) {
    FloatVector low = FloatVector.zero(SPECIES);
    FloatVector high = FloatVector.zero(SPECIES);
    for (int d = 0; d < a.length; d += LANES) {
      low = FloatVector.fromArray(SPECIES, a, d).fma(FloatVector.fromArray(SPECIES, b, d), low);
      high =
          FloatVector.fromArray(SPECIES, a, d + HALF)
              .fma(FloatVector.fromArray(SPECIES, b, d + HALF), high);
    }
    float[] sums = new float[HALF];
    low.add(high).intoArray(sums, 0);
    return tree(sums, 0);
  }

  @Override
  void dots(float[] x, float[][] rows, int from, int n, float[] out, int at) {
    float[] sums = new float[4 * HALF];
    int j = 0;
    for (; j + 3 < n; j += 4) {
      fourDots(x, rows[from + j], rows[from + j + 1], rows[from + j + 2], rows[from + j + 3], sums);
      out[at + j] = tree(sums, 0);
      out[at + j + 1] = tree(sums, HALF);
      out[at + j + 2] = tree(sums, 2 * HALF);
      out[at + j + 3] = tree(sums, 3 * HALF);
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
      FloatVector low = FloatVector.fromArray(SPECIES, x, d);
      aLow = low.fma(FloatVector.fromArray(SPECIES, a, d), aLow);
      bLow = low.fma(FloatVector.fromArray(SPECIES, b, d), bLow);
      cLow = low.fma(FloatVector.fromArray(SPECIES, c, d), cLow);
      eLow = low.fma(FloatVector.fromArray(SPECIES, e, d), eLow);
      FloatVector high = FloatVector.fromArray(SPECIES, x, d + HALF);
      aHigh = high.fma(FloatVector.fromArray(SPECIES, a, d + HALF), aHigh);
      bHigh = high.fma(FloatVector.fromArray(SPECIES, b, d + HALF), bHigh);
      cHigh = high.fma(FloatVector.fromArray(SPECIES, c, d + HALF), cHigh);
      eHigh = high.fma(FloatVector.fromArray(SPECIES, e, d + HALF), eHigh);
    }
    aLow.add(aHigh).intoArray(sums, 0);
    bLow.add(bHigh).intoArray(sums, HALF);
    cLow.add(cHigh).intoArray(sums, 2 * HALF);
    eLow.add(eHigh).intoArray(sums, 3 * HALF);
  }

  @Override
  void add(float factor, float[] x, float[] y) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int d = 0; d < y.length; d += HALF) {
      factors
          .fma(FloatVector.fromArray(SPECIES, x, d), FloatVector.fromArray(SPECIES, y, d))
          .intoArray(y, d);
    }
  }

  @Override
  void addAll(float[] factors, int at, int stride, float[][] rows, int from, int n, float[] y) {
    int j = 0;
    int f = at;
    for (; j + 3 < n; j += 4, f += 4 * stride) {
      addFour(
          factors[f],
          rows[from + j],
          factors[f + stride],
          rows[from + j + 1],
          factors[f + 2 * stride],
          rows[from + j + 2],
          factors[f + 3 * stride],
          rows[from + j + 3],
          y);
    }
    for (; j < n; j++, f += stride) {
      add(factors[f], rows[from + j], y);
    }
  }

  private static void addFour(
      float fa,
      float[] a,
      float fb,
      float[] b,
      float fc,
      float[] c,
      float fe,
      float[] e,
      float[] y) {
    FloatVector factorA = FloatVector.broadcast(SPECIES, fa);
    FloatVector factorB = FloatVector.broadcast(SPECIES, fb);
    FloatVector factorC = FloatVector.broadcast(SPECIES, fc);
    FloatVector factorE = FloatVector.broadcast(SPECIES, fe);
    for (int d = 0; d < y.length; d += HALF) {
      FloatVector sum =
          factorA.fma(FloatVector.fromArray(SPECIES, a, d), FloatVector.fromArray(SPECIES, y, d));
      sum = factorB.fma(FloatVector.fromArray(SPECIES, b, d), sum);
      sum = factorC.fma(FloatVector.fromArray(SPECIES, c, d), sum);
      factorE.fma(FloatVector.fromArray(SPECIES, e, d), sum).intoArray(y, d);
    }
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
