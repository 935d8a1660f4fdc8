package io.github.item2vec.train;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.ParamValidators;
import scala.Function1;
import scala.runtime.AbstractFunction1;

/**
 * One of Spark's validators and, as {@link #toString}, the words for what it lets through: a Param
 * says by {@code isValid().toString()} what its values must be. Driver only.
 */
final class ParamRange<T> extends AbstractFunction1<T, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Function1<T, Object> validator;
  private final String words;

  private ParamRange(Function1<T, Object> validator, String words) {
    this.validator = validator;
    this.words = words;
  }

  static ParamRange<Object> atLeast(int lowest) {
    return new ParamRange<>(ParamValidators.gtEq(lowest), ">= " + lowest);
  }

  static ParamRange<Object> between(int lowest, int highest) {
    return new ParamRange<>(
        ParamValidators.inRange(lowest, highest), "between %d and %d".formatted(lowest, highest));
  }

  /** Both ends are out. */
  static ParamRange<Object> within(int low, int high) {
    return new ParamRange<>(
        ParamValidators.inRange(low, high, false, false),
        "between %d and %d, both excluded".formatted(low, high));
  }

  static ParamRange<Object> fromToBelow(int lowest, int high) {
    return new ParamRange<>(
        ParamValidators.inRange(lowest, high, true, false),
        "%d or more and below %d".formatted(lowest, high));
  }

  static ParamRange<String> oneOf(List<String> values) {
    return new ParamRange<>(ParamValidators.inArray(values), "one of " + values);
  }

  @Override
  public Object apply(T value) {
    return validator.apply(value);
  }

  @Override
  public String toString() {
    return words;
  }
}
