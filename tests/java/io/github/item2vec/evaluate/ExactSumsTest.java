package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumsTest {
  @Test
  void equalsBigDecimalsForHugeCounts() {
    Random random = new Random(8);
    ExactSums sums = new ExactSums(2);
    BigDecimal literal = BigDecimal.ZERO;
    for (int i = 0; i < 1_000; i++) {
      double value = (random.nextDouble() - 0.2) * 40;
      long times = random.nextInt(1_000_000);
      sums.add(1, ExactSums.fixed(value), times);
      literal = literal.add(new BigDecimal(value).multiply(BigDecimal.valueOf(times)));
    }
    assertThat(sums.sum(0)).isZero();
    assertThat(sums.sum(1) / literal.doubleValue()).isCloseTo(1, within(1e-14));
  }
}
