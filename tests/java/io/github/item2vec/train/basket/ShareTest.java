package io.github.item2vec.train.basket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.SettingsFixture;
import io.github.item2vec.train.epoch.Slots;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShareTest {
  private static final int ITEMS = 40;
  private static final int SIZE = 8;

  /** The loss of several batches, each row moved a little to both sides. */
  @ParameterizedTest
  @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void gradientsAreTheSlopesOfTheLoss(Loss loss) {
    long seed = System.nanoTime();
    System.out.println("ShareTest seed " + seed);
    Random random = new Random(seed);
    Share share = share(loss, random);
    float[][] input = matrix(share.inputItems().length, random);
    float[][] output = matrix(share.outputItems().length, random);

    Share.Gradients gradients = share.gradients(input, output, 1);

    assertThat(gradients.weight()).isPositive();
    for (int row = 0; row < input.length; row += 7) {
      requireSlope(share, input, output, input[row], row % SIZE, gradients.input()[row], seed);
    }
    for (int row = 0; row < output.length; row += 7) {
      requireSlope(share, input, output, output[row], row % SIZE, gradients.output()[row], seed);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void aChunkOfMoreBasketsScalesThem(Loss loss) {
    Share share = share(loss, new Random(4));
    float[][] input = matrix(share.inputItems().length, new Random(5));
    float[][] output = matrix(share.outputItems().length, new Random(6));
    Share.Gradients whole = share.gradients(input, output, 1);
    Share.Gradients tenth = share.gradients(input, output, 10);
    assertThat(tenth.loss()).isCloseTo(whole.loss(), within(1e-6 * whole.loss()));
    for (int row = 0; row < input.length; row++) {
      for (int d = 0; d < SIZE; d++) {
        float expected = whole.input()[row][d] / 10;
        assertThat(tenth.input()[row][d]).isCloseTo(expected, within(1e-4f));
      }
    }
  }

  private static Share share(Loss loss, Random random) {
    SettingsFixture given = new SettingsFixture(Architecture.BASKET);
    given.vectorSize = SIZE;
    given.loss = loss;
    given.negative = 12;
    given.contextWeight = 0.3;
    given.hiddenDropout = 0.3;
    long[] counts = new long[ITEMS];
    Arrays.setAll(counts, i -> ITEMS - i);
    int[][] baskets = new int[100][];
    Arrays.setAll(
        baskets,
        b -> {
          int first = random.nextInt(ITEMS - 9);
          return random.ints(2 + random.nextInt(7), first, first + 9).distinct().toArray();
        });
    int[][] two = Arrays.stream(baskets).filter(basket -> basket.length > 1).toArray(int[][]::new);
    BasketSteps model =
        new BasketSteps(given.settings(), new Slots(1, 1), new Parts(1, ITEMS), counts);
    return model.share(3, 0, 0, two);
  }

  private static float[][] matrix(int rows, Random random) {
    float[][] matrix = new float[rows][RowMath.padded(SIZE)];
    for (float[] row : matrix) {
      for (int d = 0; d < SIZE; d++) {
        row[d] = (float) random.nextGaussian() / 2;
      }
    }
    return matrix;
  }

  private static void requireSlope(
      Share share,
      float[][] input,
      float[][] output,
      float[] row,
      int column,
      float[] gradient,
      long seed) {
    float before = row[column];
    float step = 0.05f;
    row[column] = before + step;
    double above = share.gradients(input, output, 1).loss();
    row[column] = before - step;
    double below = share.gradients(input, output, 1).loss();
    row[column] = before;
    double slope = (above - below) / (2 * step);
    double found = gradient == null ? 0 : gradient[column];
    assertThat(found).as("seed %d", seed).isCloseTo(slope, within(0.05 + 0.02 * Math.abs(slope)));
  }
}
