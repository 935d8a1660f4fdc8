package io.github.item2vec.item2vec;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector instructions of 256 bits through jdk.incubator.vector; loaded by name, as the module may
 * be absent. For C2 of JDK 17 the methods are small and call the vector class directly: past its
 * node limit it inlines no method of ours any more, and a vector that such a method returns is
 * boxed.
 */
final class SimdRowMath extends RowMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  SimdRowMath() {
    if (FloatVector.SPECIES_PREFERRED.length() < WIDTH) {
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
          FloatVector.fromArray(SPECIES, a, d + WIDTH)
              .fma(FloatVector.fromArray(SPECIES, b, d + WIDTH), high);
    }
    float[] sums = new float[WIDTH];
    low.add(high).intoArray(sums, 0);
    return tree(sums, 0);
  }

  @Override
  void dots(float[] x, float[][] rows, int from, int n, float[] out, int at) {
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
      FloatVector low = FloatVector.fromArray(SPECIES, x, d);
      aLow = low.fma(FloatVector.fromArray(SPECIES, a, d), aLow);
      bLow = low.fma(FloatVector.fromArray(SPECIES, b, d), bLow);
      cLow = low.fma(FloatVector.fromArray(SPECIES, c, d), cLow);
      eLow = low.fma(FloatVector.fromArray(SPECIES, e, d), eLow);
      FloatVector high = FloatVector.fromArray(SPECIES, x, d + WIDTH);
      aHigh = high.fma(FloatVector.fromArray(SPECIES, a, d + WIDTH), aHigh);
      bHigh = high.fma(FloatVector.fromArray(SPECIES, b, d + WIDTH), bHigh);
      cHigh = high.fma(FloatVector.fromArray(SPECIES, c, d + WIDTH), cHigh);
      eHigh = high.fma(FloatVector.fromArray(SPECIES, e, d + WIDTH), eHigh);
    }
    aLow.add(aHigh).intoArray(sums, 0);
    bLow.add(bHigh).intoArray(sums, WIDTH);
    cLow.add(cHigh).intoArray(sums, 2 * WIDTH);
    eLow.add(eHigh).intoArray(sums, 3 * WIDTH);
  }

  @Override
  void add(float factor, float[] x, float[] y) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int d = 0; d < y.length; d += WIDTH) {
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
      FloatVector sum = FloatVector.fromArray(SPECIES, y, d);
      sum = factor0.fma(FloatVector.fromArray(SPECIES, row0, d), sum);
      sum = factor1.fma(FloatVector.fromArray(SPECIES, row1, d), sum);
      sum = factor2.fma(FloatVector.fromArray(SPECIES, row2, d), sum);
      factor3.fma(FloatVector.fromArray(SPECIES, row3, d), sum).intoArray(y, d);
    }
  }

  @Override
  void pack(float[][] rows, float[] panel) {
    for (int i = 0; i < WIDTH; i++) {
      packRow(rows[i], i * WIDTH, panel);
    }
  }

  private static void packRow(float[] row, int at, float[] panel) {
    for (int d = 0; d < row.length; d += WIDTH) {
      FloatVector.fromArray(SPECIES, row, d).intoArray(panel, d * WIDTH + at);
    }
  }

  @Override
  void addPanel(float[] f, int at, float[] panel, float[] y) {
    FloatVector factor0 = FloatVector.broadcast(SPECIES, f[at]);
    FloatVector factor1 = FloatVector.broadcast(SPECIES, f[at + 1]);
    FloatVector factor2 = FloatVector.broadcast(SPECIES, f[at + 2]);
    FloatVector factor3 = FloatVector.broadcast(SPECIES, f[at + 3]);
    FloatVector factor4 = FloatVector.broadcast(SPECIES, f[at + 4]);
    FloatVector factor5 = FloatVector.broadcast(SPECIES, f[at + 5]);
    FloatVector factor6 = FloatVector.broadcast(SPECIES, f[at + 6]);
    FloatVector factor7 = FloatVector.broadcast(SPECIES, f[at + 7]);
    for (int d = 0; d < y.length; d += WIDTH) {
      int p = d * WIDTH;
      FloatVector sum = FloatVector.fromArray(SPECIES, y, d);
      sum = factor0.fma(FloatVector.fromArray(SPECIES, panel, p), sum);
      sum = factor1.fma(FloatVector.fromArray(SPECIES, panel, p + WIDTH), sum);
      sum = factor2.fma(FloatVector.fromArray(SPECIES, panel, p + 2 * WIDTH), sum);
      sum = factor3.fma(FloatVector.fromArray(SPECIES, panel, p + 3 * WIDTH), sum);
      sum = factor4.fma(FloatVector.fromArray(SPECIES, panel, p + 4 * WIDTH), sum);
      sum = factor5.fma(FloatVector.fromArray(SPECIES, panel, p + 5 * WIDTH), sum);
      sum = factor6.fma(FloatVector.fromArray(SPECIES, panel, p + 6 * WIDTH), sum);
      factor7.fma(FloatVector.fromArray(SPECIES, panel, p + 7 * WIDTH), sum).intoArray(y, d);
    }
  }

  @Override
  void mix(float[] factors, float[][] rows, int n, float[] panel) {
    Arrays.fill(panel, 0);
    for (int r = 0; r < n; r += TILE) {
      for (int i = 0; i < WIDTH; i += TILE) {
        mixTile(factors, r * WIDTH + i, rows, r, panel, i * WIDTH);
      }
    }
  }

  /** Four rows into four rows of the panel. */
  private static void mixTile(float[] f, int at, float[][] rows, int r, float[] panel, int i) {
    FloatVector f00 = FloatVector.broadcast(SPECIES, f[at + 0 * WIDTH + 0]);
    FloatVector f01 = FloatVector.broadcast(SPECIES, f[at + 0 * WIDTH + 1]);
    FloatVector f02 = FloatVector.broadcast(SPECIES, f[at + 0 * WIDTH + 2]);
    FloatVector f03 = FloatVector.broadcast(SPECIES, f[at + 0 * WIDTH + 3]);
    FloatVector f10 = FloatVector.broadcast(SPECIES, f[at + 1 * WIDTH + 0]);
    FloatVector f11 = FloatVector.broadcast(SPECIES, f[at + 1 * WIDTH + 1]);
    FloatVector f12 = FloatVector.broadcast(SPECIES, f[at + 1 * WIDTH + 2]);
    FloatVector f13 = FloatVector.broadcast(SPECIES, f[at + 1 * WIDTH + 3]);
    FloatVector f20 = FloatVector.broadcast(SPECIES, f[at + 2 * WIDTH + 0]);
    FloatVector f21 = FloatVector.broadcast(SPECIES, f[at + 2 * WIDTH + 1]);
    FloatVector f22 = FloatVector.broadcast(SPECIES, f[at + 2 * WIDTH + 2]);
    FloatVector f23 = FloatVector.broadcast(SPECIES, f[at + 2 * WIDTH + 3]);
    FloatVector f30 = FloatVector.broadcast(SPECIES, f[at + 3 * WIDTH + 0]);
    FloatVector f31 = FloatVector.broadcast(SPECIES, f[at + 3 * WIDTH + 1]);
    FloatVector f32 = FloatVector.broadcast(SPECIES, f[at + 3 * WIDTH + 2]);
    FloatVector f33 = FloatVector.broadcast(SPECIES, f[at + 3 * WIDTH + 3]);
    float[] row0 = rows[r];
    float[] row1 = rows[r + 1];
    float[] row2 = rows[r + 2];
    float[] row3 = rows[r + 3];
    for (int d = 0; d < row0.length; d += WIDTH) {
      int p = d * WIDTH + i;
      FloatVector x0 = FloatVector.fromArray(SPECIES, row0, d);
      FloatVector x1 = FloatVector.fromArray(SPECIES, row1, d);
      FloatVector x2 = FloatVector.fromArray(SPECIES, row2, d);
      FloatVector x3 = FloatVector.fromArray(SPECIES, row3, d);
      FloatVector y0 = f00.fma(x0, FloatVector.fromArray(SPECIES, panel, p + 0 * WIDTH));
      f30.fma(x3, f20.fma(x2, f10.fma(x1, y0))).intoArray(panel, p + 0 * WIDTH);
      FloatVector y1 = f01.fma(x0, FloatVector.fromArray(SPECIES, panel, p + 1 * WIDTH));
      f31.fma(x3, f21.fma(x2, f11.fma(x1, y1))).intoArray(panel, p + 1 * WIDTH);
      FloatVector y2 = f02.fma(x0, FloatVector.fromArray(SPECIES, panel, p + 2 * WIDTH));
      f32.fma(x3, f22.fma(x2, f12.fma(x1, y2))).intoArray(panel, p + 2 * WIDTH);
      FloatVector y3 = f03.fma(x0, FloatVector.fromArray(SPECIES, panel, p + 3 * WIDTH));
      f33.fma(x3, f23.fma(x2, f13.fma(x1, y3))).intoArray(panel, p + 3 * WIDTH);
    }
  }

  @Override
  void addRow(float[] panel, int i, float[] y) {
    for (int d = 0; d < y.length; d += WIDTH) {
      FloatVector.fromArray(SPECIES, y, d)
          .add(FloatVector.fromArray(SPECIES, panel, (d + i) * WIDTH))
          .intoArray(y, d);
    }
  }

  @Override
  void products(float[] columns, float[][] rows, int n, float[] out) {
    for (int r = 0; r < n; r += TILE) {
      fourProducts(columns, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], out, r * WIDTH);
    }
  }

  private static void fourProducts(
      float[] columns, float[] a, float[] b, float[] c, float[] e, float[] out, int at) {
    FloatVector aEven = FloatVector.zero(SPECIES);
    FloatVector bEven = FloatVector.zero(SPECIES);
    FloatVector cEven = FloatVector.zero(SPECIES);
    FloatVector eEven = FloatVector.zero(SPECIES);
    FloatVector aOdd = FloatVector.zero(SPECIES);
    FloatVector bOdd = FloatVector.zero(SPECIES);
    FloatVector cOdd = FloatVector.zero(SPECIES);
    FloatVector eOdd = FloatVector.zero(SPECIES);
    for (int d = 0; d < a.length - 1; d += 2) {
      FloatVector even = FloatVector.fromArray(SPECIES, columns, d * WIDTH);
      aEven = even.fma(FloatVector.broadcast(SPECIES, a[d]), aEven);
      bEven = even.fma(FloatVector.broadcast(SPECIES, b[d]), bEven);
      cEven = even.fma(FloatVector.broadcast(SPECIES, c[d]), cEven);
      eEven = even.fma(FloatVector.broadcast(SPECIES, e[d]), eEven);
      FloatVector odd = FloatVector.fromArray(SPECIES, columns, d * WIDTH + WIDTH);
      aOdd = odd.fma(FloatVector.broadcast(SPECIES, a[d + 1]), aOdd);
      bOdd = odd.fma(FloatVector.broadcast(SPECIES, b[d + 1]), bOdd);
      cOdd = odd.fma(FloatVector.broadcast(SPECIES, c[d + 1]), cOdd);
      eOdd = odd.fma(FloatVector.broadcast(SPECIES, e[d + 1]), eOdd);
    }
    aEven.add(aOdd).intoArray(out, at);
    bEven.add(bOdd).intoArray(out, at + WIDTH);
    cEven.add(cOdd).intoArray(out, at + 2 * WIDTH);
    eEven.add(eOdd).intoArray(out, at + 3 * WIDTH);
  }

  @Override
  void misses(float[] products, int from, int n, float stepSize, float[] likelihoods) {
    FloatVector likelihood = FloatVector.broadcast(SPECIES, 1);
    for (int at = from * WIDTH; at < (from + n) * WIDTH; at += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, products, at);
      FloatVector half = x.max(-Logistic.LIMIT).min(Logistic.LIMIT).mul(0.5f);
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
      likelihood = likelihood.mul(miss.neg().add(1));
      miss.mul(-stepSize)
          .blend(0, x.abs().compare(VectorOperators.GE, Logistic.LIMIT))
          .intoArray(products, at);
    }
    likelihood.intoArray(likelihoods, 0);
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
