package io.github.item2vec.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a journal, whoever wrote it: each field is of its type, or an {@link
 * IllegalArgumentException} names it.
 */
final class JournalLine {
  private static final int LONGEST_EXCERPT = 60;

  private final JsonNode json;

  JournalLine(JsonNode json) {
    this.json = json;
  }

  /** Optuna's code; -1 for none. */
  int operation() {
    return json.path("op_code").isInt() ? json.path("op_code").intValue() : -1;
  }

  /** Whether this library wrote it. */
  boolean ours() {
    return json.path("worker_id").asText().equals(JournalFormat.WORKER);
  }

  /** Whether a field is there and not null. */
  boolean has(String field) {
    return json.hasNonNull(field);
  }

  JsonNode field(String field) {
    return json.path(field);
  }

  int whole(String field) {
    if (!json.path(field).canConvertToExactIntegral() || !json.path(field).canConvertToInt()) {
      throw wrong(field, "a whole number");
    }
    return json.path(field).intValue();
  }

  String text(String field) {
    if (!json.path(field).isTextual()) {
      throw wrong(field, "a text");
    }
    return json.path(field).textValue();
  }

  double number(String field) {
    return number(field, json.path(field));
  }

  /** A number, or as some writers have it, the text {@code NaN} or {@code Infinity}. */
  private double number(String field, JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(field, "a number");
    };
  }

  /** The one objective's value: {@code values} of one number, else {@code value}. */
  double objective() {
    if (!has("values")) {
      return number("value");
    }
    if (json.path("values").size() != 1) {
      throw wrong("values", "one number");
    }
    return number("values", json.path("values").path(0));
  }

  Optional<Instant> time(String field) {
    return has(field) ? Optional.of(JournalFormat.time(text(field))) : Optional.empty();
  }

  /** The fields of an object; none when it is not there. */
  Map<String, JsonNode> object(String field) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    if (has(field)) {
      if (!json.path(field).isObject()) {
        throw wrong(field, "an object");
      }
      json.path(field).properties().forEach(e -> values.put(e.getKey(), e.getValue()));
    }
    return values;
  }

  /** The fields of an object as texts, those that are none as JSON. */
  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(field).forEach((key, value) -> texts.put(key, text(value)));
    return texts;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private IllegalArgumentException wrong(String field, String wanted) {
    return new IllegalArgumentException(
        "%s is %s, must be %s".formatted(field, excerpt(json.path(field).toString()), wanted));
  }

  /** The line's beginning. */
  @Override
  public String toString() {
    return excerpt(json.toString());
  }

  /** A text short enough for a message; JSON's escapes keep control characters out of it. */
  static String excerpt(String json) {
    String shown = json.isEmpty() ? "missing" : json;
    return shown.length() <= LONGEST_EXCERPT ? shown : shown.substring(0, LONGEST_EXCERPT) + "...";
  }
}
