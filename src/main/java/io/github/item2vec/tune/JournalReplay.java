package io.github.item2vec.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lines of a journal back to a study. Lines that Optuna's tools add, such as the notes of its
 * dashboard, are passed over.
 */
final class JournalReplay {
  private final SearchSpace space;
  private final List<Trial> trials = new ArrayList<>();
  private String name;
  private Direction direction;
  private Map<String, String> settings;

  /** What has been read of a trial's telling whose last line has not come yet. */
  private final TreeMap<Integer, Double> intermediate = new TreeMap<>();

  private final Map<String, String> attributes = new LinkedHashMap<>();
  private boolean atEventEnd = true;

  JournalReplay(SearchSpace space) {
    this.space = space;
  }

  void apply(JsonNode line) {
    switch (line.path("op_code").asInt(-1)) {
      case JournalFormat.CREATE_STUDY -> createStudy(line);
      case JournalFormat.STUDY_ATTRIBUTE -> studyAttribute(line.path("user_attr"));
      case JournalFormat.CREATE_TRIAL -> createTrial(line);
      case JournalFormat.INTERMEDIATE -> {
        running(line);
        intermediate.put(line.path("step").asInt(), line.path("intermediate_value").asDouble());
        atEventEnd = false;
      }
      case JournalFormat.TRIAL_ATTRIBUTE -> {
        running(line);
        line.path("user_attr")
            .properties()
            .forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
        atEventEnd = false;
      }
      case JournalFormat.TRIAL_STATE -> state(line);
      case 3, 9, 10 -> {
        // notes of the dashboard and the like
      }
      default -> throw new IllegalArgumentException("unknown operation " + line);
    }
  }

  boolean atEventEnd() {
    return atEventEnd;
  }

  /** The study up to the last event that is whole. */
  Optional<JournalStorage.Stored> study() {
    return settings == null
        ? Optional.empty()
        : Optional.of(new JournalStorage.Stored(name, direction, settings, trials));
  }

  private void createStudy(JsonNode line) {
    if (name != null) {
      throw new IllegalArgumentException("a second study");
    }
    name = line.path("study_name").asText();
    direction = Direction.of(line.path("directions").path(0).asInt());
    atEventEnd = false;
  }

  private void studyAttribute(JsonNode attribute) {
    if (attribute.has(JournalFormat.SETTINGS)) {
      settings = texts(attribute.get(JournalFormat.SETTINGS));
      atEventEnd = true;
    }
  }

  private void createTrial(JsonNode line) {
    Map<String, Object> params = new LinkedHashMap<>();
    line.path("params")
        .properties()
        .forEach(
            param -> {
              if (!space.names().contains(param.getKey())) {
                throw new IllegalArgumentException(
                    "parameter '%s' is not in the search space".formatted(param.getKey()));
              }
              params.put(
                  param.getKey(),
                  space.dimension(param.getKey()).external(param.getValue().asDouble()));
            });
    trials.add(
        Trial.running(
            trials.size(),
            params,
            texts(line.path("user_attrs")),
            JournalFormat.time(line.path("datetime_start"))));
    atEventEnd = true;
  }

  private Trial running(JsonNode line) {
    int number = line.path("trial_id").asInt(-1);
    if (number < 0 || number >= trials.size()) {
      throw new IllegalArgumentException("no trial " + line.path("trial_id"));
    }
    return trials.get(number);
  }

  private void state(JsonNode line) {
    Trial trial = running(line);
    TrialResult result =
        switch (TrialState.of(line.path("state").asInt())) {
          case COMPLETE ->
              TrialResult.complete(line.path("values").path(0).asDouble(), intermediate);
          case PRUNED -> TrialResult.pruned(intermediate);
          case FAIL -> TrialResult.failed("");
          case RUNNING ->
              throw new IllegalArgumentException(
                  "trial %d is told to run".formatted(trial.number()));
        };
    attributes.forEach(result::with);
    Instant end = JournalFormat.time(line.path("datetime_complete"));
    trials.set(trial.number(), trial.told(result, end));
    intermediate.clear();
    attributes.clear();
    atEventEnd = true;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}
