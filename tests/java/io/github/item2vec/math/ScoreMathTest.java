package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreMathTest {
  private final ScoreMath scalar = new ScalarScoreMath();

  @Test
  void theBuildTestsTheVectorInstructions() {
    assertThat(ScoreMath.best()).isNotInstanceOf(ScalarScoreMath.class);
  }

  @Test
  void vectorInstructionsGiveTheBitsOfPlainJavaAndOfOneSum() {
    Random random = new Random(17);
    for (int round = 0; round < 200; round++) {
      int columns = 1 + random.nextInt(70);
      int count = 1 + random.nextInt(4);
      int stride = ScoreMath.ITEMS * (count + random.nextInt(2));
      float[] quad = numbers(random, ScoreMath.USERS * (columns + 1));
      float[] panels = numbers(random, ScoreMath.ITEMS * columns * (count + 1));
      int from = ScoreMath.ITEMS * columns;
      float[] fast = new float[ScoreMath.USERS * stride];
      float[] slow = new float[ScoreMath.USERS * stride];
      ScoreMath.best().products(quad, ScoreMath.USERS, columns, panels, from, count, fast, stride);
      scalar.products(quad, ScoreMath.USERS, columns, panels, from, count, slow, stride);
      assertThat(fast).isEqualTo(slow);

      int user = random.nextInt(ScoreMath.USERS);
      int item = random.nextInt(count * ScoreMath.ITEMS);
      float sum = 0;
      for (int d = 0; d < columns; d++) {
        float value = panels[from + (item / 16 * columns + d) * 16 + item % 16];
        sum = Math.fma(quad[(d + 1) * ScoreMath.USERS + user], value, sum);
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
      assertThat(ScoreMath.best().firstAbove(threshold, scores, from, to))
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
