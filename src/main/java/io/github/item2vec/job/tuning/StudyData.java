package io.github.item2vec.job.tuning;

import io.github.item2vec.job.Gate;
import io.github.item2vec.tune.ChoiceDimension;
import io.github.item2vec.tune.Dimension;
import io.github.item2vec.tune.NumberDimension;
import io.github.item2vec.tune.Parameter;
import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A study as report.html shows it: its space and each of its trials. Driver only. */
final class StudyData {
  private StudyData() {}

  static Map<String, Object> of(Study study) {
    List<Map<String, Object>> trials = new ArrayList<>();
    study.trials().forEach(trial -> trials.add(trial(trial)));
    List<Map<String, Object>> space = new ArrayList<>();
    study.space().parameters().forEach(parameter -> space.add(parameter(parameter)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metric", Gate.METRIC);
    fields.put("space", space);
    fields.put("trials", trials);
    return fields;
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", parameter.name());
    Dimension dimension = parameter.dimension();
    if (dimension instanceof NumberDimension numbers) {
      fields.put("low", numbers.low());
      fields.put("high", numbers.high());
      fields.put("log", numbers.log());
    } else if (dimension instanceof ChoiceDimension choices) {
      fields.put("choices", choices.choices());
    }
    return fields;
  }

  private static Map<String, Object> trial(Trial trial) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", trial.number());
    fields.put("state", trial.state().name().toLowerCase(Locale.ROOT));
    trial.value().ifPresent(value -> fields.put("value", value));
    if (!trial.intermediate().isEmpty()) {
      fields.put("steps", trial.intermediate().lastKey());
      fields.put("last", trial.intermediate().lastEntry().getValue());
    }
    trial
        .end()
        .ifPresent(
            end -> fields.put("seconds", Duration.between(trial.start(), end).toMillis() / 1e3));
    fields.put("params", trial.params());
    if (trial.attributes().containsKey(TrialResult.REUSES)) {
      fields.put("reuses", trial.attributes().get(TrialResult.REUSES));
    }
    if (trial.attributes().containsKey(TrialResult.ERROR)) {
      fields.put("error", trial.attributes().get(TrialResult.ERROR));
    }
    return fields;
  }
}
