package io.github.item2vec.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A trial as the lines of a journal make it. It may be Optuna's: added whole, put in the queue, or
 * run there.
 */
final class ReplayedTrial {
  /** Optuna's state of a trial in its queue. */
  private static final int WAITING = 4;

  private final int number;
  private final SearchSpace space;
  private final Map<String, Object> params = new LinkedHashMap<>();
  private final Map<String, String> first;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final TreeMap<Integer, Double> intermediate = new TreeMap<>();
  private boolean ours;
  private boolean waiting;
  private TrialState state = TrialState.RUNNING;
  private OptionalDouble value = OptionalDouble.empty();
  private Optional<Instant> start;
  private Optional<Instant> end = Optional.empty();

  /** Begins with the line that creates the trial. */
  ReplayedTrial(int number, JournalLine line, SearchSpace space) {
    this.number = number;
    this.space = space;
    this.ours = line.ours();
    this.first = line.texts("user_attrs");
    this.start = line.time("datetime_start");
    Map<String, JsonNode> distributions = line.object("distributions");
    line.object("params")
        .forEach((name, internal) -> param(name, internal, distributions.get(name)));
    line.object("intermediate_values")
        .forEach((step, ignored) -> intermediate.put(step(step), metric(line, step)));
    int code = line.has("state") ? line.whole("state") : TrialState.RUNNING.code();
    if (code == WAITING) {
      waiting = true;
      fixedParams(new JournalLine(line.field("system_attrs")));
    } else if (code != TrialState.RUNNING.code()) {
      end(line, code);
    }
  }

  private static int step(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "intermediate_values: step '%s', must be a whole number"
              .formatted(JournalLine.excerpt(text)),
          e);
    }
  }

  private static double metric(JournalLine line, String step) {
    return new JournalLine(line.field("intermediate_values")).number(step);
  }

  boolean ended() {
    return state != TrialState.RUNNING;
  }

  /** Whether it stands in Optuna's queue. */
  boolean waits() {
    return waiting;
  }

  /** Whether this library made it, or has begun it. */
  boolean ours() {
    return ours;
  }

  void param(JournalLine line) {
    param(line.text("param_name"), line.field("param_value_internal"), line.field("distribution"));
  }

  /** A choice is stored by its place, so the choices must be the space's. */
  private void param(String name, JsonNode internal, JsonNode distribution) {
    Dimension dimension = known(name);
    boolean possible = internal.isNumber();
    if (dimension instanceof ChoiceDimension choices) {
      possible &= JournalFormat.isOf(choices, distribution);
      possible &=
          internal.canConvertToExactIntegral()
              && internal.asLong() >= 0
              && internal.asLong() < choices.choices().size();
    } else {
      possible &= dimension.contains(internal.doubleValue());
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "trial %d, %s = %s: is not in the search space, which has %s"
              .formatted(number, name, JournalLine.excerpt(internal.toString()), dimension));
    }
    params.put(name, dimension.external(internal.doubleValue()));
  }

  private Dimension known(String name) {
    if (!space.names().contains(name)) {
      throw new IllegalArgumentException(
          "parameter '%s' is not in the search space".formatted(JournalLine.excerpt(name)));
    }
    return space.dimension(name);
  }

  /** What {@code enqueue_trial} was given: a value of each parameter that is active. */
  private void fixedParams(JournalLine system) {
    Map<String, JsonNode> given = system.object("fixed_params");
    Map<String, Object> settings = new LinkedHashMap<>();
    given.forEach((name, json) -> settings.put(name, plain(name, json)));
    params.putAll(space.project(settings));
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new IllegalArgumentException(
          "the enqueued trial %d has no '%s', or not one of its values; enqueue a value of each parameter"
              .formatted(number, missing.get()));
    }
    if (params.size() < given.size()) {
      throw new IllegalArgumentException(
          "the enqueued trial %d has %s, of which only %s are active"
              .formatted(number, given.keySet(), params.keySet()));
    }
  }

  /** The first active parameter without a value. */
  private Optional<String> missing() {
    return space.parameters().stream()
        .filter(parameter -> parameter.isActive(params) && !params.containsKey(parameter.name()))
        .map(Parameter::name)
        .findFirst();
  }

  /** The parameter that a complete trial should have and has not. */
  Optional<String> lacks() {
    return state == TrialState.COMPLETE ? missing() : Optional.empty();
  }

  private Object plain(String name, JsonNode json) {
    known(name);
    return json.isNumber()
        ? json.numberValue()
        : json.isBoolean() ? (Object) json.booleanValue() : json.asText();
  }

  void intermediate(JournalLine line) {
    intermediate.put(line.whole("step"), line.number("intermediate_value"));
  }

  void attributes(JournalLine line) {
    attributes.putAll(line.texts("user_attr"));
  }

  /** Its end, or that it leaves the queue. */
  void state(JournalLine line) {
    int code = line.whole("state");
    if (code != TrialState.RUNNING.code()) {
      end(line, code);
    } else if (waiting) {
      waiting = false;
      ours = line.ours();
      start = line.time("datetime_start");
    } else if (line.ours()) {
      throw new IllegalArgumentException("trial %d is told to run".formatted(number));
    }
  }

  private void end(JournalLine line, int code) {
    state =
        TrialState.find(code)
            .orElseThrow(
                () -> new IllegalArgumentException("state %d, must be 0 to 4".formatted(code)));
    end = line.time("datetime_complete");
    if (end.isEmpty()) {
      throw new IllegalArgumentException("trial %d has ended without a time".formatted(number));
    }
    if (state == TrialState.COMPLETE) {
      value = OptionalDouble.of(line.objective());
    }
    waiting = false;
  }

  /** The trial as it stands; of a running one what was told so far is as if it had not been. */
  Trial trial() {
    Instant begun = start.or(() -> end).orElse(Instant.EPOCH);
    Trial running = Trial.running(number, params, first, begun);
    return end.isEmpty() ? running : running.told(result(), end.get());
  }

  private TrialResult result() {
    TrialResult result =
        switch (state) {
          case COMPLETE -> TrialResult.complete(value.orElseThrow(), intermediate);
          case PRUNED -> TrialResult.pruned(intermediate);
          default -> TrialResult.failed("");
        };
    attributes.forEach(result::with);
    return result;
  }
}
