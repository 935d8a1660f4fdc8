package io.github.item2vec.train.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {
  /** The right column is {@code str(numpy.float32(x))}, numpy 2.4.6. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "123456.7, 123456.7",
    "0.00099999, 0.00099999",
    "0.001, 0.001",
    "0.0005, 0.0005",
    "0.00012345, 0.00012345",
    "0.00010000001, 0.00010000001",
    "1e-4, 1e-04",
    "-9.9e-5, -9.9e-05",
    "1.234e-5, 1.234e-05",
    "1.2345678e-10, 1.2345679e-10",
    "1e7, 1e+07",
    "1.0000001e7, 1.0000001e+07",
    "3.4e38, 3.4e+38",
    "1.1754944e-38, 1.1754944e-38"
  })
  void looksAsNumpyPrintsIt(float value, String expected) {
    assertThat(FloatText.of(value)).isEqualTo(expected);
  }

  @Test
  void isExactAndTheShortest() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
      String text = FloatText.of(value);
      assertThat(Float.parseFloat(text)).as(text).isEqualTo(value);
      int digits = new BigDecimal(text).stripTrailingZeros().precision();
      if (digits > 1) {
        MathContext shorter = new MathContext(digits - 1, RoundingMode.HALF_EVEN);
        assertThat(new BigDecimal(value).round(shorter).floatValue()).as(text).isNotEqualTo(value);
      }
    }
  }
}
