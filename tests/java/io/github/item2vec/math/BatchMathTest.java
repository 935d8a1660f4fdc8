package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchMathTest {
  private static final int COLUMNS = BatchMath.COLUMNS;
  private static final int WIDE = BatchMath.BASKETS;

  private final BatchMath scalar = new ScalarBatchMath();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(BatchMath.best()).isNotInstanceOf(ScalarBatchMath.class);
  }

  /** As it lies, and turned and added to what is there; with gaps between rows. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void productsAreTheLiteralOnesInBothImplementations(boolean turned) {
    for (int round = 0; round < 100; round++) {
      int rows = BatchMath.ROWS * (1 + random.nextInt(5));
      int depth = random.nextInt(70);
      int columns =
          COLUMNS * (1 + random.nextInt(4)); // a last vector with a neighbour, and one without
      int stride = turned ? BatchMath.BASKETS : 70 + random.nextInt(5);
      int rightStride = columns + random.nextInt(5);
      int outStride = columns + random.nextInt(5);
      float[] before = floats(1 + rows * outStride, 1);
      float[] fast = before.clone();
      float[] slow = before.clone();
      Block left = new Block(floats(3 + 70 * stride, 1), 3, stride);
      Block right = new Block(floats(2 + 70 * rightStride, 1), 2, rightStride);
      Block fastBlock = new Block(fast, 1, outStride);
      Block slowBlock = new Block(slow, 1, outStride);
      if (turned) {
        BatchMath.best().addTransposedProduct(left, right, fastBlock, rows, depth, columns);
        scalar.addTransposedProduct(left, right, slowBlock, rows, depth, columns);
      } else {
        BatchMath.best().product(left, right, fastBlock, rows, depth, columns);
        scalar.product(left, right, slowBlock, rows, depth, columns);
      }
      assertThat(fast).as("seed %d", seed).isEqualTo(slow);
      for (int i = 0; i < rows; i++) {
        for (int c = 0; c < columns; c++) {
          double sum = turned ? before[1 + i * outStride + c] : 0;
          for (int k = 0; k < depth; k++) {
            double factor = left.values[3 + (turned ? k * stride + i : i * stride + k)];
            sum += factor * right.values[2 + k * rightStride + c];
          }
          assertThat((double) fast[1 + i * outStride + c])
              .as("seed %d", seed)
              .isCloseTo(sum, within(1e-4));
        }
      }
    }
  }

  @Test
  void exponentialsAreTheLiteralOnesInBothImplementations() {
    for (int round = 0; round < 200; round++) {
      int rows = random.nextInt(40);
      int at = COLUMNS * random.nextInt(4);
      float[] before = floats(rows * WIDE, 60);
      if (rows > 2) {
        before[WIDE + at] = Float.NEGATIVE_INFINITY;
        before[WIDE + at + 9] = -1e30f;
      }
      float least = random.nextBoolean() ? 0 : -Float.MAX_VALUE;
      float[][] fast = {before.clone(), new float[WIDE], new float[WIDE]};
      float[][] slow = {before.clone(), new float[WIDE], new float[WIDE]};
      Arrays.fill(fast[1], least);
      Arrays.fill(slow[1], least);
      BatchMath.best().exponentials(fast[0], at, rows, fast[1], fast[2]);
      scalar.exponentials(slow[0], at, rows, slow[1], slow[2]);
      assertThat(fast).as("seed %d", seed).isDeepEqualTo(slow);
      for (int c = at; c < at + COLUMNS && rows > 0; c++) {
        double largest = least;
        for (int i = 0; i < rows; i++) {
          largest = Math.max(largest, before[i * WIDE + c]);
        }
        double sum = 0;
        for (int i = 0; i < rows; i++) {
          double power = Math.exp(before[i * WIDE + c] - largest);
          sum += power;
          assertThat((double) fast[0][i * WIDE + c])
              .as("seed %d", seed)
              .isCloseTo(power, within(2e-5 * power + 1e-37));
        }
        assertThat((double) fast[1][c]).isEqualTo(largest);
        assertThat((double) fast[2][c])
            .as("seed %d", seed)
            .isCloseTo(sum, within(1e-4 * sum + 1e-36));
      }
    }
  }

  @Test
  void exponentialsHaveTheBitsOfTheFunctionOnItsWholeRange() {
    float[] values = new float[WIDE];
    float[] largest = new float[WIDE];
    for (float x = -90; x <= 0; x += 0.011f) {
      Arrays.fill(values, x);
      Arrays.fill(largest, 0);
      BatchMath.best().exponentials(values, 0, 1, largest, new float[WIDE]);
      assertThat(values[3]).isEqualTo(Exponential.exp(x));
    }
  }

  @Test
  void aDivergedTrainingStaysOneInBothImplementations() {
    float[] fast = new float[WIDE];
    fast[5] = Float.NaN;
    fast[14] = Float.NaN;
    float[] slow = fast.clone();
    float[] sums = new float[WIDE];
    BatchMath.best().exponentials(fast, 0, 1, new float[WIDE], sums);
    scalar.exponentials(slow, 0, 1, new float[WIDE], new float[WIDE]);
    assertThat(fast).isEqualTo(slow);
    assertThat(fast[5]).isNaN();
    assertThat(sums[14]).isNaN();
  }

  @Test
  void scalesEachColumn() {
    float[] fast = floats(6 * WIDE, 1);
    float[] slow = fast.clone();
    float[] before = fast.clone();
    float[] factors = floats(WIDE, 1);
    BatchMath.best().scale(fast, 5, factors);
    scalar.scale(slow, 5, factors);
    assertThat(fast).as("seed %d", seed).isEqualTo(slow);
    assertThat(fast[2 * WIDE + 7]).isEqualTo(before[2 * WIDE + 7] * factors[7]);
    assertThat(fast[5 * WIDE]).isEqualTo(before[5 * WIDE]);
  }

  /** Ten steps of algorithm 1 in doubles, the correction of the moments written out. */
  @Test
  void adamIsTheLiteralOneInBothImplementations() {
    float[] x = floats(2 * COLUMNS, 1);
    float[][] fast = {x.clone(), new float[x.length], new float[x.length]};
    float[][] slow = {x.clone(), new float[x.length], new float[x.length]};
    double[][] exact = new double[3][x.length];
    Arrays.setAll(exact[0], d -> x[d]);
    for (int step = 1; step <= 10; step++) {
      float[] gradient = floats(5 + x.length, 1);
      double rate = 0.01 * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
      BatchMath.best().adam(fast[0], fast[1], fast[2], gradient, 5, (float) rate, 0.1f);
      scalar.adam(slow[0], slow[1], slow[2], gradient, 5, (float) rate, 0.1f);
      for (int d = 0; d < x.length; d++) {
        double g = gradient[5 + d] + 0.1 * exact[0][d];
        exact[1][d] = 0.9 * exact[1][d] + 0.1 * g;
        exact[2][d] = 0.999 * exact[2][d] + 0.001 * g * g;
        double first = exact[1][d] / (1 - Math.pow(0.9, step));
        double second = exact[2][d] / (1 - Math.pow(0.999, step));
        exact[0][d] -= 0.01 * first / Math.sqrt(second);
        assertThat((double) fast[0][d]).as("seed %d", seed).isCloseTo(exact[0][d], within(1e-4));
      }
    }
    assertThat(fast).as("seed %d", seed).isDeepEqualTo(slow);
  }

  private float[] floats(int count, double scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }
}
