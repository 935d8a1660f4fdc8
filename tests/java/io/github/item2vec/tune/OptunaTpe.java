package io.github.item2vec.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The recorded histories of {@code optuna/tpe.json} and what Optuna makes of them. */
final class OptunaTpe {
  static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              Parameter.of("a_int", NumberDimension.whole(1, 10)),
              Parameter.of("b_int_log", new NumberDimension(true, 1, 1000, 1, true)),
              Parameter.of("c_int_step", new NumberDimension(true, 0, 100, 20, false)),
              Parameter.of("d_float", NumberDimension.real(-3, 3)),
              Parameter.of("e_float_log", new NumberDimension(false, 1e-5, 1e-1, 0, true)),
              Parameter.of("f_float_step", new NumberDimension(false, 0, 1, 0.25, false)),
              Parameter.of(
                  "g_choice", new ChoiceDimension(List.of("cbow", "skip-gram", "basket")))));

  private final JsonNode json;

  OptunaTpe() {
    try (InputStream in = OptunaTpe.class.getResourceAsStream("/optuna/tpe.json")) {
      json = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Stream<JsonNode> cases() {
    return StreamSupport.stream(json.get("cases").spliterator(), false);
  }

  JsonNode quantiles() {
    return json.get("quantiles");
  }

  /** The first so many trials. */
  List<Trial> history(int length) {
    List<Trial> trials = new ArrayList<>();
    for (int number = 0; number < length; number++) {
      JsonNode recorded = json.get("history").get(number);
      Map<String, Object> params = new LinkedHashMap<>();
      recorded.get("params").properties().forEach(p -> params.put(p.getKey(), value(p.getValue())));
      Map<Integer, Double> steps = new LinkedHashMap<>();
      recorded
          .get("intermediate")
          .properties()
          .forEach(step -> steps.put(Integer.valueOf(step.getKey()), step.getValue().asDouble()));
      Trial asked = Trial.running(number, params, Map.of(), Instant.EPOCH);
      trials.add(
          switch (recorded.get("state").asText()) {
            case "COMPLETE" ->
                asked.told(
                    TrialResult.complete(recorded.get("value").asDouble(), steps), Instant.EPOCH);
            case "PRUNED" -> asked.told(TrialResult.pruned(steps), Instant.EPOCH);
            case "FAIL" -> asked.told(TrialResult.failed("recorded"), Instant.EPOCH);
            default -> asked;
          });
    }
    return trials;
  }

  private static Object value(JsonNode param) {
    return param.isTextual() ? param.asText() : (Object) param.asDouble();
  }

  static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
