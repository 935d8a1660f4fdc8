package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PanelMathTest {
  private final RowMath scalar = new ScalarRowMath();

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(PanelMath.best()).isNotInstanceOf(ScalarPanelMath.class);
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJava() {
    Random random = new Random(13);
    for (int round = 0; round < 200; round++) {
      int columns = RowMath.LANES * (1 + random.nextInt(9));
      int n = 2 + random.nextInt(24);
      float[][] rows = RowMathTest.rows(Math.max(n, RowMath.WIDTH), columns, random);
      float[] factors = RowMathTest.rows(1, n * RowMath.WIDTH, random)[0];
      int[] order = IntStream.range(0, n).map(r -> n - 1 - r).toArray();
      float[][] fast = steps(PanelMath.best(), RowMath.best(), rows, order, factors);
      float[][] slow = steps(new ScalarPanelMath(), scalar, rows, order, factors);
      assertThat(fast).isDeepEqualTo(slow);
    }
  }

  /** Everything that a step of skip-gram does, and all that it leaves. */
  private static float[][] steps(
      PanelMath panels, RowMath math, float[][] rows, int[] order, float[] factors) {
    int n = order.length;
    float[] panel = new float[RowMath.WIDTH * rows[0].length];
    panels.pack(rows, order, Math.min(n, RowMath.WIDTH), panel);
    float[] products = new float[n * RowMath.WIDTH];
    panels.products(panel, rows, order, n, products);
    float[] gradients = products.clone();
    panels.turnPairs(gradients, 1, (int) Math.abs(factors[0] * 3) % 4, 6);
    float[] likelihoods = new float[RowMath.WIDTH];
    math.misses(gradients, 1, n - 1, 0.1f, likelihoods);
    float[][] moved = Arrays.stream(rows).limit(n).map(float[]::clone).toArray(float[][]::new);
    float[] errors = new float[panel.length];
    panels.exchange(factors, moved, order, n, panel, errors);
    float[] z = rows[0].clone();
    panels.addRow(errors, 3, z);
    return new float[][] {panel, products, gradients, likelihoods, errors, z, moved[0], moved[1]};
  }

  @Test
  void panelsAreTheProductsOfTheirRows() {
    Random random = new Random(14);
    float[][] rows = RowMathTest.rows(RowMath.WIDTH, 32, random);
    float[] factors = RowMathTest.rows(1, RowMath.WIDTH * RowMath.WIDTH, random)[0];
    int[] order = IntStream.range(0, RowMath.WIDTH).toArray();
    float[][] left = steps(PanelMath.best(), RowMath.best(), rows, order, factors);
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
}
