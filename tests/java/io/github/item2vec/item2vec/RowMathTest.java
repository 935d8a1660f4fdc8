package io.github.item2vec.item2vec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowMathTest {
  private final RowMath scalar = new ScalarRowMath();

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(RowMath.BEST).isNotInstanceOf(ScalarRowMath.class);
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJava() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      int columns = RowMath.LANES * (1 + random.nextInt(9));
      int n = random.nextInt(10);
      float[][] rows = new float[2 + n][columns];
      for (float[] row : rows) {
        fill(row, random);
      }
      float[] x = new float[columns];
      fill(x, random);
      assertThat(RowMath.BEST.dot(x, rows[0])).isEqualTo(scalar.dot(x, rows[0]));

      float[] fast = new float[n + 1];
      float[] slow = new float[n + 1];
      RowMath.BEST.dots(x, rows, 2, n, fast, 1);
      scalar.dots(x, rows, 2, n, slow, 1);
      assertThat(fast).isEqualTo(slow);

      float[] factors = new float[2 * n + 1];
      fill(factors, random);
      float[] y = x.clone();
      RowMath.BEST.addAll(factors, 1, 2, rows, 2, n, x);
      scalar.addAll(factors, 1, 2, rows, 2, n, y);
      assertThat(x).isEqualTo(y);
    }
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJavaForPanels() {
    Random random = new Random(13);
    for (int round = 0; round < 200; round++) {
      int columns = RowMath.LANES * (1 + random.nextInt(9));
      int n = 2 + random.nextInt(24);
      float[][] rows = new float[Math.max(n, RowMath.WIDTH)][columns];
      for (float[] row : rows) {
        fill(row, random);
      }
      float[] factors = new float[n * RowMath.WIDTH];
      fill(factors, random);
      int[] order = IntStream.range(0, n).map(r -> n - 1 - r).toArray();
      float[][] fast = steps(RowMath.BEST, rows, order, factors);
      float[][] slow = steps(scalar, rows, order, factors);
      assertThat(fast).isDeepEqualTo(slow);
    }
  }

  /** Everything that a step of skip-gram does, and all that it leaves. */
  private static float[][] steps(RowMath math, float[][] rows, int[] order, float[] factors) {
    int n = order.length;
    float[] panel = new float[RowMath.WIDTH * rows[0].length];
    math.pack(rows, order, Math.min(n, RowMath.WIDTH), panel);
    float[] products = new float[n * RowMath.WIDTH];
    math.products(panel, rows, order, n, products);
    float[] gradients = products.clone();
    math.turnPairs(gradients, 1, (int) Math.abs(factors[0] * 3) % 4, 6);
    float[] likelihoods = new float[RowMath.WIDTH];
    math.misses(gradients, 1, n - 1, 0.1f, likelihoods);
    float[][] moved = Arrays.stream(rows).limit(n).map(float[]::clone).toArray(float[][]::new);
    float[] errors = new float[panel.length];
    math.exchange(factors, moved, order, n, panel, errors);
    float[] z = rows[0].clone();
    math.addRow(errors, 3, z);
    return new float[][] {panel, products, gradients, likelihoods, errors, z, moved[0], moved[1]};
  }

  @Test
  void panelsAreTheProductsOfTheirRows() {
    Random random = new Random(14);
    float[][] rows = new float[RowMath.WIDTH][32];
    for (float[] row : rows) {
      fill(row, random);
    }
    float[] factors = new float[RowMath.WIDTH * RowMath.WIDTH];
    fill(factors, random);
    int[] order = IntStream.range(0, RowMath.WIDTH).toArray();
    float[][] left = steps(RowMath.BEST, rows, order, factors);
    for (int i = 0; i < RowMath.WIDTH; i++) {
      float dot = scalar.dot(rows[2], rows[i]);
      assertThat(left[1][2 * RowMath.WIDTH + i]).isCloseTo(dot, within(1e-4f));
    }
    for (int r = 0; r < 2; r++) {
      float[] y = rows[r].clone();
      scalar.addAll(factors, r * RowMath.WIDTH, 1, rows, 0, RowMath.WIDTH, y);
      assertThat(left[6 + r]).isEqualTo(y);
    }
    float[] mixed = new float[32];
    scalar.addAll(factors, 3, RowMath.WIDTH, rows, 0, RowMath.WIDTH, mixed);
    float[] z = rows[0].clone();
    scalar.add(1, mixed, z);
    assertThat(left[5]).isEqualTo(z);
  }

  @Test
  void plainJavaIsExact() {
    Random random = new Random(12);
    float[] a = new float[112];
    float[] b = new float[112];
    fill(a, random);
    fill(b, random);
    double exact = 0;
    for (int d = 0; d < a.length; d++) {
      exact += (double) a[d] * b[d];
    }
    assertThat((double) scalar.dot(a, b)).isCloseTo(exact, within(1e-4));
  }

  @Test
  void theLogisticFunctionIsExactTo1e6() {
    for (float x = -6; x <= 6; x += 0.0007f) {
      assertThat((double) Logistic.sigmoid(x)).isCloseTo(1 / (1 + Math.exp(-x)), within(1e-6));
    }
    assertThat(Logistic.sigmoid(1e9f)).isEqualTo(Logistic.sigmoid(6));
    assertThat(Logistic.sigmoid(Float.NaN)).isNaN();
    assertThat(Logistic.step(1, 6, Logistic.sigmoid(6), 1)).isZero();
  }

  private static void fill(float[] row, Random random) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) random.nextGaussian();
    }
  }
}
