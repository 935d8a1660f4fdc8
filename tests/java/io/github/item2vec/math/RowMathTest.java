package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowMathTest {
  private final RowMath scalar = new ScalarRowMath();

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(RowMath.best()).isNotInstanceOf(ScalarRowMath.class);
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJava() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      int columns = RowMath.LANES * (1 + random.nextInt(9));
      int n = random.nextInt(10);
      float[][] rows = rows(2 + n, columns, random);
      float[] x = rows(1, columns, random)[0];
      assertThat(RowMath.best().dot(x, rows[0])).isEqualTo(scalar.dot(x, rows[0]));

      float[] fast = new float[n + 1];
      float[] slow = new float[n + 1];
      RowMath.best().dots(x, rows, 2, n, fast, 1);
      scalar.dots(x, rows, 2, n, slow, 1);
      assertThat(fast).isEqualTo(slow);

      float[] factors = rows(1, 2 * n + 1, random)[0];
      float[] y = x.clone();
      RowMath.best().addAll(factors, 1, 2, rows, 2, n, x);
      scalar.addAll(factors, 1, 2, rows, 2, n, y);
      assertThat(x).isEqualTo(y);
    }
  }

  @Test
  void plainJavaIsExact() {
    Random random = new Random(12);
    float[] a = rows(1, 112, random)[0];
    float[] b = rows(1, 112, random)[0];
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
    float[] products = {6, -6, 5.99f, -5.99f, 7, -7, 0, RowMath.NO_PAIR};
    scalar.misses(products, 0, 1, 1, new float[RowMath.WIDTH]);
    for (int taught : new int[] {2, 3, 6}) {
      assertThat(products[taught]).isNegative();
    }
    for (int untaught : new int[] {0, 1, 4, 5, 7}) {
      assertThat(products[untaught]).isZero();
    }
  }

  @Test
  void vectorInstructionsKnowTheLimitsAsPlainJavaDoes() {
    float[] fast = {
      6,
      -6,
      Math.nextUp(6f),
      Math.nextDown(6f),
      -Math.nextUp(6f),
      -Math.nextDown(6f),
      0,
      -0f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      RowMath.NO_PAIR,
      1,
      -1,
      50,
      -50
    };
    float[] slow = fast.clone();
    float[][] likelihoods = new float[2][RowMath.WIDTH];
    RowMath.best().misses(fast, 0, 2, 0.5f, likelihoods[0]);
    scalar.misses(slow, 0, 2, 0.5f, likelihoods[1]);
    assertThat(fast).isEqualTo(slow);
    assertThat(likelihoods[0]).isEqualTo(likelihoods[1]);
    assertThat(fast[8]).isNaN();
  }

  static float[][] rows(int n, int columns, Random random) {
    float[][] rows = new float[n][columns];
    for (float[] row : rows) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
