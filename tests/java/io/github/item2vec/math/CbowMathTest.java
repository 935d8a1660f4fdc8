package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CbowMathTest {
  private final RowMath scalar = new ScalarRowMath();

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(CbowMath.best()).isNotInstanceOf(ScalarCbowMath.class);
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJava() {
    Random random = new Random(15);
    for (int round = 0; round < 200; round++) {
      int columns = RowMath.LANES * (1 + random.nextInt(9));
      int n = 1 + random.nextInt(24);
      float[][] rows = RowMathTest.rows(n, columns, random);
      float[] factors = RowMathTest.rows(1, n, random)[0];
      int[] order = IntStream.range(0, n).map(r -> n - 1 - r).toArray();
      float[][] fast = step(CbowMath.best(), rows, order, factors);
      assertThat(fast).isDeepEqualTo(step(new ScalarCbowMath(), rows, order, factors));

      float[] sum = new float[columns];
      float[] error = new float[columns];
      for (int r = 0; r < n; r++) {
        scalar.add(1, rows[order[r]], sum);
        scalar.add(factors[r], rows[order[r]], error);
        assertThat(fast[1][r]).isCloseTo(scalar.dot(fast[0], rows[order[r]]), within(1e-4f));
        float[] moved = rows[order[r]].clone();
        scalar.add(factors[r], fast[0], moved);
        scalar.add(1, error(rows, order, factors), moved);
        scalar.add(1, error(rows, order, factors), moved);
        assertThat(fast[3 + order[r]]).isEqualTo(moved);
      }
      for (int d = 0; d < columns; d++) {
        assertThat(fast[0][d]).isEqualTo(sum[d] * (1f / n));
      }
      assertThat(fast[2]).isEqualTo(error);
    }
  }

  /** Everything that a step of CBOW does, the contexts named twice: mean, products, error, rows. */
  private static float[][] step(CbowMath math, float[][] rows, int[] order, float[] factors) {
    int n = order.length;
    float[][] left = new float[3 + n][];
    float[][] moved = Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    System.arraycopy(moved, 0, left, 3, n);
    IntList contexts = new IntList();
    contexts.add(-1);
    contexts.addAll(order);
    contexts.addAll(order);
    contexts.addAll(new int[] {7, -1, 7}, 1, 2);
    left[0] = new float[rows[0].length];
    math.mean(moved, contexts, 1, 1 + n, left[0]);
    int quads = (n + 3) / 4 * 4;
    left[1] = new float[(n + RowMath.WIDTH - 1) / RowMath.WIDTH * RowMath.WIDTH];
    math.products(left[0], moved, Arrays.copyOf(order, quads), quads, left[1]);
    Arrays.fill(left[1], quads, left[1].length, 0);
    left[2] = new float[rows[0].length];
    Arrays.fill(left[2], Float.NaN);
    math.exchange(factors, moved, order, n, left[0], left[2]);
    math.addTo(moved, contexts, 1, 1 + 2 * n, left[2]);
    return left;
  }

  private static float[] error(float[][] rows, int[] order, float[] factors) {
    float[] error = new float[rows[0].length];
    for (int r = 0; r < order.length; r++) {
      new ScalarRowMath().add(factors[r], rows[order[r]], error);
    }
    return error;
  }
}
