package io.github.item2vec.train.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryFitTest {
  private static final int ITEMS = 30;
  private static final int SIZE = 16;

  private static float[][] vectors(int items, Random random) {
    float[][] vectors = new float[items][SIZE];
    for (float[] vector : vectors) {
      for (int d = 0; d < SIZE; d++) {
        vector[d] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  private static Case moment(int among, Random random) {
    int[] items = random.ints(0, among).distinct().limit(12).toArray();
    return new Case(0, Arrays.copyOf(items, 9), Arrays.copyOfRange(items, 9, 12));
  }

  /** The literal likelihood, all in double precision. */
  private static double literal(Case moment, Lags lags, float[][] input, float[][] output) {
    int n = moment.context().length;
    double[] weights = lags.weights();
    double whole = 0;
    double[] profile = new double[SIZE];
    for (int i = 0; i < n; i++) {
      double weight = weights[LagWeights.bucket(n - i)];
      whole += weight;
      for (int d = 0; d < SIZE; d++) {
        profile[d] += weight * input[moment.context()[i]][d];
      }
    }
    double sum = 0;
    double targets = 0;
    for (int item = 0; item < output.length; item++) {
      double logit = 0;
      for (int d = 0; d < SIZE; d++) {
        logit += Math.exp(lags.scale()) * profile[d] / whole * output[item][d];
      }
      int wanted = item;
      if (IntStream.of(moment.context()).noneMatch(i -> i == wanted)) {
        sum += Math.exp(logit);
      }
      if (IntStream.of(moment.targets()).anyMatch(i -> i == wanted)) {
        targets += logit / moment.targets().length;
      }
    }
    return targets - Math.log(sum);
  }

  @Test
  void theLikelihoodAndItsGradientAreThoseOfTheFormula() {
    long seed = System.nanoTime();
    System.out.println("HistoryFitTest seed " + seed);
    Random random = new Random(seed);
    for (int items : new int[] {20, CandidateSlice.SIZE, 3 * CandidateSlice.SIZE + 7}) {
      float[][] input = vectors(items, random);
      float[][] output = vectors(items, random);
      try (Workers workers = new Workers(2)) {
        NextItems next = new NextItems(input, output, 1, workers);
        for (int size : new int[] {1, 17, CaseBatch.MOST}) {
          List<Case> cases = Stream.generate(() -> moment(items, random)).limit(size).toList();
          double[] logs = random.doubles(LagWeights.BUCKETS, -1, 1).toArray();
          Lags lags = new Lags(logs, random.nextDouble() - 0.5);
          NextItems.Slope[] slopes = next.slopes(cases, lags);
          for (int i = 0; i < size; i += 8) {
            check(slopes[i], cases.get(i), lags, input, output, "seed " + seed);
          }
        }
      }
    }
  }

  private static void check(
      NextItems.Slope slope,
      Case moment,
      Lags lags,
      float[][] input,
      float[][] output,
      String description) {
    assertThat(slope.logLikelihood())
        .as(description)
        .isEqualTo(literal(moment, lags, input, output), within(1e-4));
    double h = 1e-4;
    for (int k = 0; k < LagWeights.BUCKETS; k++) {
      double[] up = lags.logs().clone();
      double[] down = lags.logs().clone();
      up[k] += h;
      down[k] -= h;
      double rise =
          literal(moment, new Lags(up, lags.scale()), input, output)
              - literal(moment, new Lags(down, lags.scale()), input, output);
      assertThat(slope.byLog()[k]).as(description).isEqualTo(-rise / (2 * h), within(2e-3));
    }
    double rise =
        literal(moment, new Lags(lags.logs(), lags.scale() + h), input, output)
            - literal(moment, new Lags(lags.logs(), lags.scale() - h), input, output);
    assertThat(slope.byScale()).as(description).isEqualTo(-rise / (2 * h), within(2e-3));
  }

  @Test
  void likelihoodsWithSeveralScalesAreThoseOfTheFormula() {
    long seed = System.nanoTime();
    System.out.println("HistoryFitTest seed " + seed);
    Random random = new Random(seed);
    int items = 2 * CandidateSlice.SIZE - 3;
    float[][] input = vectors(items, random);
    float[][] output = vectors(items, random);
    double[] scales = {-4, 0.5, -1};
    List<Case> cases =
        Stream.generate(() -> moment(items, random)).limit(CaseBatch.MOST + 5).toList();
    double[] logs = random.doubles(LagWeights.BUCKETS, -1, 1).toArray();
    try (Workers workers = new Workers(3)) {
      NextItems next = new NextItems(input, output, 1, workers);
      double[][] likelihoods = next.logLikelihoods(cases, new Lags(logs, 7), scales);
      for (int i = 0; i < cases.size(); i++) {
        for (int k = 0; k < scales.length; k++) {
          assertThat(likelihoods[i][k])
              .as("seed %d", seed)
              .isEqualTo(
                  literal(cases.get(i), new Lags(logs, scales[k]), input, output), within(1e-4));
        }
      }
    }
  }

  /** With more items than candidates the estimate is near the literal sum over all of them. */
  @Test
  void theLikelihoodOfManyItemsIsEstimated() {
    Random random = new Random(8);
    int items = 3 * NextItems.MOST_ITEMS;
    float[][] input = vectors(items, random);
    float[][] output = vectors(items, random);
    List<Case> cases = Stream.generate(() -> moment(items, random)).limit(20).toList();
    Lags lags = Lags.even(-1);
    try (Workers workers = new Workers(2)) {
      NextItems next = new NextItems(input, output, 1, workers);
      NextItems.Slope[] slopes = next.slopes(cases, lags);
      for (int i = 0; i < cases.size(); i++) {
        assertThat(slopes[i].logLikelihood())
            .isEqualTo(literal(cases.get(i), lags, input, output), within(0.1));
      }
    }
  }

  /** Users walk along a ring of items, a step or two at a time. */
  private static int[][] walks(Random random, int users) {
    return IntStream.range(0, users)
        .mapToObj(
            user -> {
              int[] place = {random.nextInt(ITEMS)};
              return IntStream.generate(() -> place[0] = (place[0] + 1 + random.nextInt(2)) % ITEMS)
                  .limit(14)
                  .distinct()
                  .toArray();
            })
        .toArray(int[][]::new);
  }

  private static int[][] shuffled(int[][] sequences, Random random) {
    return Arrays.stream(sequences)
        .map(
            sequence -> {
              int[] items = sequence.clone();
              for (int i = items.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int item = items[i];
                items[i] = items[j];
                items[j] = item;
              }
              return items;
            })
        .toArray(int[][]::new);
  }

  /** Each item's vectors point to its place on the ring: neighbours are alike. */
  private static float[][] ring() {
    float[][] vectors = new float[ITEMS][SIZE];
    for (int item = 0; item < ITEMS; item++) {
      vectors[item][0] = (float) (2 * Math.cos(2 * Math.PI * item / ITEMS));
      vectors[item][1] = (float) (2 * Math.sin(2 * Math.PI * item / ITEMS));
    }
    return vectors;
  }

  private static Fitted fit(int[][] sequences, int threads) {
    try (Workers workers = new Workers(threads)) {
      return HistoryFit.of(new Histories(sequences, 3), ring(), ring(), 5, workers);
    }
  }

  @Test
  void whereTheLastItemsLeadTheyCountMost() {
    Fitted fitted = fit(walks(new Random(1), 600), 2);
    double[] weights = fitted.lags().weights();
    assertThat(weights[0]).isGreaterThan(3 * weights[5]);
    assertThat(fitted.transitions()).isPositive();
  }

  @Test
  void whereOrderMeansNothingAllItemsCountTheSame() {
    Random random = new Random(2);
    Fitted fitted = fit(shuffled(walks(random, 600), random), 2);
    assertThat(fitted.lags().logs()).containsOnly(0);
  }

  @Test
  void noiseHasNoTransitions() {
    Random random = new Random(4);
    int[][] noise =
        IntStream.range(0, 600)
            .mapToObj(user -> random.ints(0, ITEMS).distinct().limit(12).toArray())
            .toArray(int[][]::new);
    Fitted fitted = fit(noise, 2);
    assertThat(fitted.lags().logs()).containsOnly(0);
    assertThat(fitted.transitions()).isZero();
  }

  @Test
  void moreThreadsChangeNothing() {
    int[][] sequences = walks(new Random(3), 400);
    float[][] one = Fitted.rows(SIZE);
    float[][] four = Fitted.rows(SIZE);
    fit(sequences, 1).to(one);
    fit(sequences, 4).to(four);
    assertThat(four).isDeepEqualTo(one);
    assertThat(Fitted.isIn(one)).isTrue();
    float[][] again = Fitted.rows(SIZE);
    Fitted.of(one).to(again);
    assertThat(again).isDeepEqualTo(one);
  }

  @Test
  void casesLieInTheTails() {
    int[][] histories = {IntStream.range(0, 20).toArray(), {7, 8}};
    List<Case> cases = Case.of(histories, 100, 1);
    assertThat(cases)
        .allSatisfy(
            moment -> {
              int length = histories[moment.user()].length;
              assertThat(moment.context())
                  .hasSizeGreaterThanOrEqualTo(length - Histories.hidden(length));
              assertThat(moment.targets()).hasSizeBetween(1, Case.NEXT);
            });
    assertThat(cases.get(0).context()).hasSize(15);
    assertThat(cases.stream().filter(moment -> moment.user() == 0)).hasSize(5);
    assertThat(cases.get(5)).isEqualTo(cases.get(cases.size() - 1));
    assertThat(cases.get(5).context()).containsExactly(7);
    assertThat(cases.get(5).targets()).containsExactly(8);
  }
}
