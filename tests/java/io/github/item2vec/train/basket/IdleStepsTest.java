package io.github.item2vec.train.basket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Workers;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdleStepsTest {
  private static final int ROWS = 40;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /** The literal twin moves every row at every step. */
  @Test
  void rowsThatWaitHaveTheBitsOfRowsThatDoNot() {
    Adam late = new Adam(rows(new Random(seed)), 0.01);
    Adam literal = new Adam(rows(new Random(seed)), 0.01);
    float[] none = new float[RowMath.LANES];
    IdleSteps steps = new IdleSteps(late);
    try (Workers workers = new Workers(2)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int batch = 0; batch < 50; batch++) {
          float stepSize = 0.01f * random.nextFloat();
          steps.begin(stepSize);
          for (int row = 0; row < ROWS; row++) {
            if (random.nextInt(8) > 0) {
              literal.update(row, none, 0, stepSize);
              continue;
            }
            steps.before(row);
            assertThat(late.rows()[row]).as("seed %d", seed).isEqualTo(literal.rows()[row]);
            float[] gradient = rows(random)[0];
            steps.row(row, gradient, 0);
            literal.update(row, gradient, 0, stepSize);
          }
        }
        steps.finish(workers);
        assertThat(late.rows()).as("seed %d", seed).isDeepEqualTo(literal.rows());
        assertThat(late.first()).as("seed %d", seed).isDeepEqualTo(literal.first());
        assertThat(late.second()).as("seed %d", seed).isDeepEqualTo(literal.second());
      }
    }
  }

  private static float[][] rows(Random random) {
    float[][] rows = new float[ROWS][RowMath.LANES];
    for (float[] row : rows) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
