package io.github.item2vec.item2vec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
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
  void theLogisticFunctionIsExactTo1e5() {
    for (float x = -6; x <= 6; x += 0.0007f) {
      assertThat((double) Logistic.sigmoid(x)).isCloseTo(1 / (1 + Math.exp(-x)), within(1e-5));
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
