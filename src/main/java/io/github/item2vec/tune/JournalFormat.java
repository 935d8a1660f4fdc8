package io.github.item2vec.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The lines of Optuna 5.0.0's journal; names, codes and nesting are Optuna's. */
final class JournalFormat {
  static final int CREATE_STUDY = 0;
  static final int DELETE_STUDY = 1;
  static final int STUDY_ATTRIBUTE = 2;
  static final int CREATE_TRIAL = 4;
  static final int TRIAL_PARAM = 5;
  static final int TRIAL_STATE = 6;
  static final int INTERMEDIATE = 7;
  static final int TRIAL_ATTRIBUTE = 8;

  /** Name of the study's attribute that says how it was set up. */
  static final String SETTINGS = "settings";

  /** Optuna tells its own lines by it. */
  static final String WORKER = "item2vec-spark";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  /** Python's NaN and Infinity are in Optuna's lines. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JournalFormat() {}

  static JsonNode parse(String line) {
    if (line.isBlank()) {
      throw new IllegalArgumentException("no JSON: an empty line");
    }
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static ObjectNode line(int operation) {
    return JSON.createObjectNode().put("op_code", operation).put("worker_id", WORKER);
  }

  static JsonNode createStudy(String name, Direction direction) {
    ObjectNode line = line(CREATE_STUDY).put("study_name", name);
    line.putArray("directions").add(direction.code());
    return line;
  }

  static JsonNode studyAttribute(String key, Map<String, String> value) {
    ObjectNode line = line(STUDY_ATTRIBUTE).put("study_id", 0);
    line.putObject("user_attr").set(key, JSON.valueToTree(value));
    return line;
  }

  static JsonNode createTrial(Trial trial, SearchSpace space) {
    ObjectNode line =
        line(CREATE_TRIAL)
            .put("study_id", 0)
            .put("datetime_start", TIME.format(trial.start()))
            .put("state", TrialState.RUNNING.code())
            .putNull("value")
            .putNull("values");
    ObjectNode distributions = line.putObject("distributions");
    ObjectNode params = line.putObject("params");
    trial
        .params()
        .forEach(
            (name, value) -> {
              Dimension dimension = space.dimension(name);
              distributions.put(name, distribution(dimension).toString());
              params.put(name, dimension.internal(value));
            });
    line.set("user_attrs", JSON.valueToTree(trial.attributes()));
    line.putObject("system_attrs");
    line.putObject("intermediate_values");
    return line;
  }

  private static ObjectNode distribution(Dimension dimension) {
    ObjectNode json = JSON.createObjectNode();
    if (dimension instanceof ChoiceDimension choice) {
      json.put("name", "CategoricalDistribution");
      json.putObject("attributes").set("choices", JSON.valueToTree(choice.choices()));
      return json;
    }
    NumberDimension numbers = (NumberDimension) dimension;
    json.put("name", numbers.whole() ? "IntDistribution" : "FloatDistribution");
    ObjectNode attributes = json.putObject("attributes");
    if (numbers.whole()) {
      attributes.put("step", (long) numbers.step());
      attributes.put("low", (long) numbers.low()).put("high", (long) numbers.high());
    } else {
      attributes.put("low", numbers.low()).put("high", numbers.high());
      if (numbers.step() > 0) {
        attributes.put("step", numbers.step());
      } else {
        attributes.putNull("step");
      }
    }
    attributes.put("log", numbers.log());
    return json;
  }

  static JsonNode intermediate(int trial, int step, double value) {
    return line(INTERMEDIATE)
        .put("trial_id", trial)
        .put("step", step)
        .put("intermediate_value", value);
  }

  static JsonNode attribute(int trial, String key, String text) {
    ObjectNode line = line(TRIAL_ATTRIBUTE).put("trial_id", trial);
    line.putObject("user_attr").put(key, text);
    return line;
  }

  static JsonNode state(Trial trial) {
    ObjectNode line =
        line(TRIAL_STATE).put("trial_id", trial.number()).put("state", trial.state().code());
    if (trial.value().isPresent()) {
      line.putArray("values").add(trial.value().getAsDouble());
    } else {
      line.putNull("values");
    }
    return line.put("datetime_complete", TIME.format(trial.end().orElseThrow()));
  }

  /** The value of a parameter of a trial that is there already. */
  static JsonNode param(int trial, String name, Dimension dimension, Object value) {
    return line(TRIAL_PARAM)
        .put("trial_id", trial)
        .put("param_name", name)
        .put("param_value_internal", dimension.internal(value))
        .put("distribution", distribution(dimension).toString());
  }

  /** That a trial leaves the queue. */
  static JsonNode begun(Trial trial) {
    return line(TRIAL_STATE)
        .put("trial_id", trial.number())
        .put("state", TrialState.RUNNING.code())
        .putNull("values")
        .put("datetime_start", TIME.format(trial.start()));
  }

  /** Whether a distribution, JSON in a text, has the same choices in the same order. */
  static boolean isOf(ChoiceDimension choices, JsonNode distribution) {
    if (distribution == null || !distribution.isTextual()) {
      return false;
    }
    return parse(distribution.textValue()).equals(parse(distribution(choices).toString()));
  }

  static Instant time(String text) {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s', must be a time such as 2026-11-28T20:08:50.096138+00:00"
              .formatted(JournalLine.excerpt(text)),
          e);
    }
  }
}
