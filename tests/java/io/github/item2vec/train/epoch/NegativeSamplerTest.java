package io.github.item2vec.train.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegativeSamplerTest {
  private static final int DRAWS = 400_000;

  @ParameterizedTest
  @ValueSource(doubles = {-3, -0.5, 0, 0.75, 1, 3})
  void drawsInProportionToThePower(double exponent) {
    long[] counts = {1000, 200, 50, 10, 3, 1};
    NegativeSampler sampler = new NegativeSampler(NegativeSampler.weights(counts, exponent));
    SplittableRandom random = new SplittableRandom(5);
    double[] drawn = new double[counts.length];
    for (int i = 0; i < DRAWS; i++) {
      drawn[sampler.draw(random)]++;
    }
    double sum = 0;
    for (long count : counts) {
      sum += Math.pow((double) count, exponent);
    }
    for (int i = 0; i < counts.length; i++) {
      double p = Math.pow((double) counts[i], exponent) / sum;
      double fiveSigma = 5 * Math.sqrt(p * (1 - p) / DRAWS) + 1e-9;
      assertThat(drawn[i] / DRAWS).as("item %d", i).isCloseTo(p, within(fiveSigma));
    }
  }

  @Test
  void extremeExponentsStayFinite() {
    NegativeSampler sampler =
        new NegativeSampler(NegativeSampler.weights(new long[] {1_000_000_000, 1}, 1000));

    assertThat(sampler.draw(new SplittableRandom(1))).isZero();
  }

  @Test
  void oneItemIsAlwaysDrawn() {
    assertThat(new NegativeSampler(new double[] {7}).draw(new SplittableRandom(1))).isZero();
  }
}
