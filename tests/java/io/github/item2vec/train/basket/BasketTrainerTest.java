package io.github.item2vec.train.basket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.math.Exponential;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.NegativeSampler;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.SettingsFixture;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.onetask.EpochTrainers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BasketTrainerTest {
  private static final int ITEMS = 30;
  private static final int SIZE = 5;

  /** The gradients of a batch against differences of the loss, written out in doubles. */
  @ParameterizedTest
  @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void gradientsAreTheSlopesOfTheLiteralLoss(Loss kind) {
    long seed = System.nanoTime();
    System.out.println("BasketTrainerTest seed " + seed);
    Random random = new Random(seed);
    float[][] input = matrix(random);
    float[][] output = matrix(random);
    double[] probabilities = new double[ITEMS];
    Arrays.fill(probabilities, 1.0 / ITEMS);
    Candidates candidates =
        kind == Loss.SOFTMAX
            ? Candidates.all(output)
            : Candidates.draw(
                8,
                new NegativeSampler(probabilities.clone()),
                probabilities,
                output,
                new SplittableRandom(seed));
    List<Basket> batch =
        List.of(
            new Basket(RowMath.LANES, 0),
            new Basket(RowMath.LANES, 0.3),
            new Basket(RowMath.LANES, 1));
    SplittableRandom deal = new SplittableRandom(seed);
    for (Basket basket : batch) {
      int[] items = random.ints(2 + random.nextInt(9), 0, ITEMS).distinct().toArray();
      basket.deal(items.length < 2 ? new int[] {1, 2} : items, 0.5, deal);
      basket.dropHidden(basket == batch.get(0) ? 0 : 0.4, deal);
    }
    float[][] inputs = new float[ITEMS][SIZE];
    float[][] outputs = new float[ITEMS][SIZE];
    try (Workers workers = new Workers(2)) {
      int most = kind == Loss.SOFTMAX ? ITEMS : 8;
      double loss =
          new BatchStep(kind, 7, most, RowMath.LANES, workers)
              .run(batch, candidates, 1, input, output, copyTo(inputs), copyTo(outputs));
      assertThat(loss)
          .as("seed %d", seed)
          .isCloseTo(literal(kind, batch, candidates, input, output), within(1e-3));
    }
    for (int item = 0; item < ITEMS; item++) {
      requireSlopes(kind, batch, candidates, input, output, input[item], inputs[item], seed);
      requireSlopes(kind, batch, candidates, input, output, output[item], outputs[item], seed);
    }
  }

  private static RowUpdate copyTo(float[][] gradients) {
    return (row, gradient, at) -> System.arraycopy(gradient, at, gradients[row], 0, SIZE);
  }

  @Test
  void theLossGoesByTheItemsUnlessNamed() {
    assertThat(Loss.AUTO.resolved(10_000)).isEqualTo(Loss.SOFTMAX);
    assertThat(Loss.AUTO.resolved(10_001)).isEqualTo(Loss.SAMPLED_SOFTMAX);
    assertThat(Loss.NEGATIVE_SAMPLING.resolved(1)).isEqualTo(Loss.NEGATIVE_SAMPLING);
  }

  private static void requireSlopes(
      Loss kind,
      List<Basket> batch,
      Candidates candidates,
      float[][] input,
      float[][] output,
      float[] row,
      float[] gradient,
      long seed) {
    for (int d = 0; d < SIZE; d++) {
      float before = row[d];
      row[d] = before + 0.01f;
      double above = literal(kind, batch, candidates, input, output);
      row[d] = before - 0.01f;
      double below = literal(kind, batch, candidates, input, output);
      row[d] = before;
      assertThat((double) gradient[d])
          .as("seed %d", seed)
          .isCloseTo((above - below) / 0.02, within(2e-3));
    }
  }

  private static double literal(
      Loss kind, List<Basket> batch, Candidates candidates, float[][] input, float[][] output) {
    return batch.stream()
        .mapToDouble(basket -> literal(kind, basket, candidates, input, output))
        .sum();
  }

  private static double literal(
      Loss kind, Basket basket, Candidates candidates, float[][] input, float[][] output) {
    double[] hidden = new double[SIZE];
    for (int i = 0; i < basket.contexts; i++) {
      for (int d = 0; d < SIZE; d++) {
        hidden[d] += basket.mask[d] * input[basket.items[i]][d] / (double) basket.contexts;
      }
    }
    boolean[] own = new boolean[ITEMS];
    for (int item : basket.items) {
      own[item] = true;
    }
    double loss = 0;
    for (int t = 0; t < basket.items.length; t++) {
      double weight = basket.weight(t);
      double hit = dot(hidden, output[basket.items[t]]);
      double sum = kind == Loss.SOFTMAX ? 0 : Math.exp(hit);
      double negatives = 0;
      for (int item = 0; item < ITEMS; item++) {
        int column = candidates.column(item);
        double product = dot(hidden, output[item]);
        if (kind == Loss.SOFTMAX) {
          sum += Math.exp(product);
        } else if (column >= 0 && !own[item]) {
          sum += Math.exp(product - candidates.logExpected(column));
          negatives += Math.log1p(Math.exp(product)) * 7 / candidates.size();
        }
      }
      loss +=
          weight
              * (kind == Loss.NEGATIVE_SAMPLING
                  ? Math.log1p(Math.exp(-hit)) + negatives
                  : Math.log(sum) - hit);
    }
    return loss;
  }

  private static double dot(double[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < SIZE; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theNumberOfThreadsDoesNotMatter(Loss loss) {
    EpochTrainer one = trained(loss, 1, 1);
    EpochTrainer three = trained(loss, 3, 1);
    EpochTrainer seed = trained(loss, 1, 2);
    for (int item = 0; item < ITEMS; item++) {
      assertThat(one.input(item)).isEqualTo(three.input(item));
      assertThat(one.output(item)).isEqualTo(three.output(item));
    }
    assertThat(one.input(3)).isNotEqualTo(seed.input(3));
  }

  /** Even items are bought together, and odd ones. */
  @ParameterizedTest
  @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void learnsWhatGoesTogether(Loss loss) {
    EpochTrainer trainer = trained(loss, 2, 1);
    for (int i = 0; i < ITEMS; i++) {
      for (int j = 0; j < ITEMS; j += 3) {
        float same =
            RowMath.best().dot(trainer.input(i), trainer.output((j + i) / 2 * 2 % ITEMS + i % 2));
        float other =
            RowMath.best()
                .dot(trainer.input(i), trainer.output((j + i) / 2 * 2 % ITEMS + 1 - i % 2));
        assertThat(same).isGreaterThan(other);
      }
    }
  }

  @Test
  void theExponentialIsExact() {
    for (float x = -87; x < 88; x += 0.013f) {
      assertThat(Exponential.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-6));
    }
    assertThat(Exponential.exp(Float.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void oneItemStaysInTheContextWhateverTheDropout() {
    Basket basket = new Basket(RowMath.LANES, 0);
    for (int round = 0; round < 50; round++) {
      basket.deal(new int[] {4, 7, 9}, 0.999, new SplittableRandom(round));
      assertThat(basket.contexts).isPositive();
      assertThat(basket.items).containsExactlyInAnyOrder(4, 7, 9);
    }
  }

  private static EpochTrainer trained(Loss loss, int threads, long seed) {
    Random random = new Random(4);
    Sequence[] sequences = new Sequence[600];
    for (int i = 0; i < sequences.length; i++) {
      int world = i % 2;
      sequences[i] =
          Sequence.of(random.ints(6, 0, ITEMS / 2).map(n -> 2 * n + world).toArray(), seed);
    }
    long[] counts = new long[ITEMS];
    Arrays.fill(counts, 120);
    SettingsFixture given = new SettingsFixture(Architecture.BASKET);
    given.negative = 10;
    given.vectorSize = 8;
    given.stepSize = 0.02;
    given.maxIter = 40;
    given.seed = seed;
    given.loss = loss;
    given.hiddenDropout = 0.2;
    given.contextWeight = 0.2;
    given.regParam = 1e-4;
    TrainingSettings settings = given.settings();
    try (EpochTrainer trainer = EpochTrainers.of(settings, counts, sequences, threads)) {
      double first = trainer.trainEpoch(0, n -> {});
      double last = first;
      for (int epoch = 1; epoch < settings.maxIter(); epoch++) {
        last = trainer.trainEpoch(epoch, n -> {});
      }
      assertThat(last).isLessThan(first);
      trainer.requireFinite(settings.maxIter() - 1);
      return trainer;
    }
  }

  private static float[][] matrix(Random random) {
    float[][] rows = new float[ITEMS][RowMath.LANES];
    for (float[] row : rows) {
      for (int d = 0; d < SIZE; d++) {
        row[d] = (float) random.nextGaussian() * 0.5f;
      }
    }
    return rows;
  }
}
