package io.github.item2vec.tune;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One trial of a study as it stands.
 *
 * @param number from 0, in the order in which trials were asked
 * @param state how far it has come
 * @param params the values of the parameters that are active, in the order of the space
 * @param value what it was told; present when complete
 * @param intermediate values by step, such as a metric after each epoch
 * @param attributes whatever else is worth knowing: why it failed, whose value it reuses
 * @param start when it was asked
 * @param end when it was told; empty while it is running
 */
public record Trial(
    int number,
    TrialState state,
    Map<String, Object> params,
    OptionalDouble value,
    NavigableMap<Integer, Double> intermediate,
    Map<String, String> attributes,
    Instant start,
    Optional<Instant> end) {
  public Trial {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    intermediate = Collections.unmodifiableNavigableMap(new TreeMap<>(intermediate));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  static Trial running(
      int number, Map<String, Object> params, Map<String, String> attributes, Instant start) {
    return new Trial(
        number,
        TrialState.RUNNING,
        params,
        OptionalDouble.empty(),
        Collections.emptyNavigableMap(),
        attributes,
        start,
        Optional.empty());
  }

  /** The same before it was told. */
  Trial untold() {
    return state == TrialState.RUNNING ? this : running(number, params, Map.of(), start);
  }

  Trial told(TrialResult result, Instant now) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.putAll(result.attributes());
    return new Trial(
        number,
        result.state(),
        params,
        result.value(),
        result.intermediate(),
        all,
        start,
        Optional.of(now));
  }
}
