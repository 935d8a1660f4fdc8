package io.github.item2vec.job;

import io.github.item2vec.config.ConfigException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The keys of {@code training} as Params of the same name, {@code min-count} as {@code minCount};
 * what a value must be the Params say. Driver only, needs no Spark session.
 */
final class NamedParams {
  private static final Pattern HYPHEN = Pattern.compile("-([a-z])");
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  /** HOCON's words. */
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private static final Set<String> FALSE = Set.of("false", "no", "off");

  private NamedParams() {}

  /**
   * Sets a Param for each value.
   *
   * @param values numbers, booleans and texts by key; a text may spell a number or a boolean
   * @throws ConfigException when a value has the wrong type or its Param refuses it
   */
  static <P extends Params> P set(P stage, Map<String, Object> values) {
    values.forEach((key, value) -> set(stage, key, value));
    return stage;
  }

  /** The key of a Param. */
  static String key(Param<?> param) {
    return CAPITAL
        .matcher(param.name())
        .replaceAll(capital -> "-" + capital.group().toLowerCase(Locale.ROOT));
  }

  private static void set(Params stage, String key, Object value) {
    Param<Object> param = stage.getParam(name(key));
    Object typed = typed(param, key, value);
    try {
      stage.set(param, typed);
    } catch (IllegalArgumentException e) {
      throw refusal(key, value, param.isValid().toString(), e);
    }
  }

  private static String name(String key) {
    return HYPHEN.matcher(key).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  /** The value in the type that the Param stores; Java sees them all as Param of Object. */
  private static Object typed(Param<?> param, String key, Object value) {
    String text = String.valueOf(value);
    if (param instanceof BooleanParam) {
      if (!TRUE.contains(text) && !FALSE.contains(text)) {
        throw refusal(key, value, "true or false", null);
      }
      return TRUE.contains(text);
    }
    try {
      if (param instanceof IntParam) {
        return new BigDecimal(text).intValueExact();
      }
      if (param instanceof LongParam) {
        return new BigDecimal(text).longValueExact();
      }
      if (param instanceof DoubleParam) {
        return finite(Double.parseDouble(text));
      }
      return text;
    } catch (ArithmeticException | NumberFormatException e) {
      String type = param instanceof DoubleParam ? "a finite number" : "a whole number";
      throw refusal(key, value, type, e);
    }
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("not finite");
    }
    return value;
  }

  private static ConfigException refusal(
      String key, Object value, String constraint, Exception cause) {
    return new ConfigException(
        "training.%s = %s: must be %s".formatted(key, value, constraint), cause);
  }
}
