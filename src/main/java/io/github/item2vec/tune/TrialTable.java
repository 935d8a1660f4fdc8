package io.github.item2vec.tune;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The trials of a study as CSV, with the columns of Optuna's {@code Study.trials_dataframe}. */
public final class TrialTable {
  private TrialTable() {}

  /**
   * A line a trial after the header; empty where a trial has no such value. Times are in UTC,
   * durations in seconds.
   */
  public static String csv(Study study) {
    Set<String> attributes = new TreeSet<>();
    study.trials().forEach(trial -> attributes.addAll(trial.attributes().keySet()));
    List<String> header =
        new ArrayList<>(
            List.of("number", "value", "datetime_start", "datetime_complete", "duration"));
    study.space().names().forEach(name -> header.add("params_" + name));
    attributes.forEach(name -> header.add("user_attrs_" + name));
    header.add("state");
    StringBuilder csv = new StringBuilder(String.join(",", header)).append('\n');
    for (Trial trial : study.trials()) {
      csv.append(line(trial, study.space().names(), attributes)).append('\n');
    }
    return csv.toString();
  }

  private static String line(Trial trial, Set<String> params, Set<String> attributes) {
    List<Object> cells = new ArrayList<>();
    cells.add(trial.number());
    cells.add(trial.value().isPresent() ? trial.value().getAsDouble() : "");
    cells.add(trial.start());
    cells.add(trial.end().isPresent() ? trial.end().get() : "");
    cells.add(trial.end().map(end -> seconds(trial, end)).orElse(""));
    params.forEach(name -> cells.add(trial.params().getOrDefault(name, "")));
    attributes.forEach(name -> cells.add(trial.attributes().getOrDefault(name, "")));
    cells.add(trial.state());
    return String.join(",", cells.stream().map(TrialTable::quoted).toList());
  }

  private static String seconds(Trial trial, Instant end) {
    return String.valueOf(Duration.between(trial.start(), end).toMillis() / 1e3);
  }

  private static String quoted(Object cell) {
    String text = String.valueOf(cell);
    return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
