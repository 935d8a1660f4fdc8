package io.github.item2vec.train.format;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/**
 * Floats as numpy prints them: the shortest decimal that reads back as the same float, whatever the
 * JDK ({@code Float.toString} is not the shortest before 19).
 */
final class FloatText {
  /** Below this numpy turns to scientific notation; Java does so at 1e-3. */
  private static final double SMALLEST_POSITIONAL = 1e-4;

  private FloatText() {}

  static String of(float value) {
    String shortest = NumberOutput.toString(value, true);
    int split = shortest.indexOf('E');
    if (split < 0) {
      return shortest;
    }
    String digits = shortest.substring(0, split);
    if (digits.endsWith(".0")) {
      digits = digits.substring(0, split - 2);
    }
    int exponent = Integer.parseInt(shortest, split + 1, shortest.length(), 10);
    if (exponent < 0 && Math.abs((double) value) >= SMALLEST_POSITIONAL) {
      return new BigDecimal(digits).scaleByPowerOfTen(exponent).toPlainString();
    }
    String sign = exponent < 0 ? "-" : "+";
    String padding = Math.abs(exponent) < 10 ? "0" : "";
    return digits + "e" + sign + padding + Math.abs(exponent);
  }
}
