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
      float[][] rows = rows(2 + n, columns, random);
      float[] x = rows(1, columns, random)[0];
      assertThat(RowMath.BEST.dot(x, rows[0])).isEqualTo(scalar.dot(x, rows[0]));

      float[] fast = new float[n + 1];
      float[] slow = new float[n + 1];
      RowMath.BEST.dots(x, rows, 2, n, fast, 1);
      scalar.dots(x, rows, 2, n, slow, 1);
      assertThat(fast).isEqualTo(slow);

      float[] factors = rows(1, 2 * n + 1, random)[0];
      float[] y = x.clone();
      RowMath.BEST.addAll(factors, 1, 2, rows, 2, n, x);
      scalar.addAll(factors, 1, 2, rows, 2, n, y);
      assertThat(x).isEqualTo(y);
    }
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJavaForCbow() {
    Random random = new Random(15);
    for (int round = 0; round < 200; round++) {
      int columns = RowMath.LANES * (1 + random.nextInt(9));
      int n = 1 + random.nextInt(24);
      float[][] rows = rows(n, columns, random);
      float[] factors = rows(1, n, random)[0];
      int[] order = IntStream.range(0, n).map(r -> n - 1 - r).toArray();
      float[][] fast = cbow(RowMath.BEST, rows, order, factors);
      assertThat(fast).isDeepEqualTo(cbow(scalar, rows, order, factors));

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
  private static float[][] cbow(RowMath math, float[][] rows, int[] order, float[] factors) {
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
    RowMath.BEST.misses(fast, 0, 2, 0.5f, likelihoods[0]);
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
