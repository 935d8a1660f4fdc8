package io.github.item2vec.tune;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What a trial came to. Travels from tasks. */
public final class TrialResult implements Serializable {
  /** Attribute of a failed trial: why. */
  public static final String ERROR = "error";

  /** Attribute of a trial that did not run: the number of the earlier one with its parameters. */
  public static final String REUSES = "reuses";

  private static final long serialVersionUID = 1L;

  private final TrialState state;
  private final double value;
  private final TreeMap<Integer, Double> intermediate;
  private final LinkedHashMap<String, String> attributes = new LinkedHashMap<>();

  private TrialResult(TrialState state, double value, Map<Integer, Double> intermediate) {
    this.state = state;
    this.value = value;
    this.intermediate = new TreeMap<>(intermediate);
  }

  /**
   * A value, and values by step on the way to it. A value that is no finite number makes the trial
   * a failed one.
   */
  public static TrialResult complete(double value, Map<Integer, Double> intermediate) {
    return Double.isFinite(value)
        ? new TrialResult(TrialState.COMPLETE, value, intermediate)
        : failed("the value is " + value);
  }

  /** Stopped early; the values by step say why. */
  public static TrialResult pruned(Map<Integer, Double> intermediate) {
    return new TrialResult(TrialState.PRUNED, Double.NaN, intermediate);
  }

  /** No value, for this reason. */
  public static TrialResult failed(String reason) {
    return new TrialResult(TrialState.FAIL, Double.NaN, Map.of()).with(ERROR, reason);
  }

  /** The result of an earlier trial with the same parameters. */
  static TrialResult of(Trial earlier) {
    TrialResult result =
        new TrialResult(
            earlier.state(), earlier.value().orElse(Double.NaN), earlier.intermediate());
    if (earlier.attributes().containsKey(ERROR)) {
      result.with(ERROR, earlier.attributes().get(ERROR));
    }
    return result.with(REUSES, String.valueOf(earlier.number()));
  }

  /** The same with one more attribute. */
  public TrialResult with(String attribute, String text) {
    attributes.put(attribute, text);
    return this;
  }

  public TrialState state() {
    return state;
  }

  /** Present when complete. */
  public OptionalDouble value() {
    return state == TrialState.COMPLETE ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  public NavigableMap<Integer, Double> intermediate() {
    return Collections.unmodifiableNavigableMap(intermediate);
  }

  public Map<String, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }
}
