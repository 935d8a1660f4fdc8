package io.github.item2vec.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreKernelTest {
  private final ScoreKernel scalar = new ScalarScoreKernel();

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(ScoreKernel.BEST).isNotInstanceOf(ScalarScoreKernel.class);
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJavaAndOfOneSum() {
    Random random = new Random(17);
    for (int round = 0; round < 200; round++) {
      int columns = 1 + random.nextInt(70);
      int count = 1 + random.nextInt(4);
      int stride = ScoreKernel.ITEMS * (count + random.nextInt(2));
      float[] quad = numbers(random, ScoreKernel.USERS * (columns + 1));
      float[] panels = numbers(random, ScoreKernel.ITEMS * columns * (count + 1));
      int from = ScoreKernel.ITEMS * columns;
      float[] fast = new float[ScoreKernel.USERS * stride];
      float[] slow = new float[ScoreKernel.USERS * stride];
      ScoreKernel.BEST.products(
          quad, ScoreKernel.USERS, columns, panels, from, count, fast, stride);
      scalar.products(quad, ScoreKernel.USERS, columns, panels, from, count, slow, stride);
      assertThat(fast).isEqualTo(slow);

      int user = random.nextInt(ScoreKernel.USERS);
      int item = random.nextInt(count * ScoreKernel.ITEMS);
      float sum = 0;
      for (int d = 0; d < columns; d++) {
        float value = panels[from + (item / 16 * columns + d) * 16 + item % 16];
        sum = Math.fma(quad[(d + 1) * ScoreKernel.USERS + user], value, sum);
      }
      assertThat(fast[user * stride + item]).isEqualTo(sum);
    }
  }

  @Test
  void theFirstScoreAboveIsFoundWhereverItStands() {
    Random random = new Random(19);
    for (int round = 0; round < 2_000; round++) {
      float[] scores = numbers(random, 64);
      int from = random.nextInt(60);
      int to = from + random.nextInt(64 - from);
      float threshold = round % 3 == 0 ? Float.NEGATIVE_INFINITY : random.nextFloat() * 2;
      if (round % 2 == 0) {
        scores[from] = Float.NEGATIVE_INFINITY;
      }
      assertThat(ScoreKernel.BEST.firstAbove(threshold, scores, from, to))
          .isEqualTo(scalar.firstAbove(threshold, scores, from, to));
    }
  }

  private static float[] numbers(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
