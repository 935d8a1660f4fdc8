package io.github.item2vec.item2vec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceTrainerTest {
  /**
   * Sixty-odd random trainings against {@link LiteralTrainer}, which follows the paper by the
   * letter.
   */
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void agreesWithTheLiteralTwin(Architecture architecture) {
    long seed = System.nanoTime();
    System.out.println("SequenceTrainerTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      int items = 2 + random.nextInt(20);
      int[][] sequences = sequences(random, items);
      TrainingSettings settings =
          new TrainingSettings(
              architecture,
              1 + random.nextInt(7),
              random.nextBoolean(),
              1 + random.nextInt(8),
              random.nextDouble() * 4 - 2,
              random.nextBoolean() ? 0 : 0.05,
              1 + random.nextInt(20),
              0.05,
              0.001,
              2,
              random.nextLong());
      long[] counts = counts(sequences, items);
      SequenceTrainer fast = new SequenceTrainer(settings, counts, copy(sequences));
      fast.train(n -> {});
      LiteralTrainer literal = new LiteralTrainer(settings, counts, copy(sequences));
      literal.train();
      for (int i = 0; i < items; i++) {
        close(fast.input(i), literal.input[i], seed, round);
        close(fast.output(i), literal.output[i], seed, round);
      }
    }
  }

  @Test
  void theOrderOfSequencesDoesNotMatter() {
    Random random = new Random(1);
    int[][] sequences = sequences(random, 9);
    int[][] reversed = new int[sequences.length][];
    for (int i = 0; i < sequences.length; i++) {
      reversed[i] = sequences[sequences.length - 1 - i];
    }
    assertThat(vectors(sequences, 7)).isDeepEqualTo(vectors(reversed, 7));
    assertThat(vectors(sequences, 7)).isNotEqualTo(vectors(sequences, 8));
  }

  @Test
  void vectorsThatBlowUpAreNeverReturned() {
    int[][] sequences = sequences(new Random(1), 9);
    SequenceTrainer trainer =
        new SequenceTrainer(settings(3, Double.MAX_VALUE), counts(sequences, 9), copy(sequences));

    assertThatThrownBy(() -> trainer.train(n -> {}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("epoch 1")
        .hasMessageContaining("step size");
  }

  private static float[][] vectors(int[][] sequences, long seed) {
    SequenceTrainer trainer =
        new SequenceTrainer(settings(seed, 0.05), counts(sequences, 9), copy(sequences));
    trainer.train(n -> {});
    float[][] all = new float[9][];
    Arrays.setAll(all, trainer::input);
    return all;
  }

  private static TrainingSettings settings(long seed, double stepSize) {
    return new TrainingSettings(
        Architecture.SKIP_GRAM, 3, true, 3, 0.75, 0, 8, stepSize, 0, 2, seed);
  }

  private static int[][] sequences(Random random, int items) {
    int[][] sequences = new int[3 + random.nextInt(20)][];
    for (int s = 0; s < sequences.length; s++) {
      sequences[s] = random.ints(2 + random.nextInt(12), 0, items).toArray();
    }
    return sequences;
  }

  private static long[] counts(int[][] sequences, int items) {
    long[] counts = new long[items];
    Arrays.fill(counts, 1);
    for (int[] sequence : sequences) {
      for (int item : sequence) {
        counts[item]++;
      }
    }
    return counts;
  }

  private static int[][] copy(int[][] sequences) {
    return Arrays.stream(sequences).map(int[]::clone).toArray(int[][]::new);
  }

  private static void close(float[] fast, double[] literal, long seed, int round) {
    for (int d = 0; d < fast.length; d++) {
      assertThat((double) fast[d])
          .as("seed %d round %d", seed, round)
          .isCloseTo(literal[d], within(1e-4 * Math.max(1, Math.abs(literal[d]))));
    }
  }
}
