package io.github.item2vec.job.tuning;

import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.tune.ChoiceDimension;
import io.github.item2vec.tune.Dimension;
import io.github.item2vec.tune.NumberDimension;
import io.github.item2vec.tune.Parameter;
import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A study as report.html shows it: its space and each of its trials. What is null is not shown.
 * Driver only.
 */
record StudyData(String metric, List<Range> space, List<Tried> trials) {
  /** A parameter: the ends of a number, or a choice. */
  record Range(String name, Double low, Double high, Boolean log, List<Object> choices) {
    private static Range of(Parameter parameter) {
      Dimension dimension = parameter.dimension();
      if (dimension instanceof NumberDimension numbers) {
        return new Range(parameter.name(), numbers.low(), numbers.high(), numbers.log(), null);
      }
      return new Range(parameter.name(), null, null, null, ((ChoiceDimension) dimension).choices());
    }
  }

  /**
   * A trial.
   *
   * @param steps it was measured at, up to this one
   * @param last value, at that step
   * @param reuses the trial whose value it took
   */
  record Tried(
      int number,
      String state,
      Double value,
      Integer steps,
      Double last,
      Double seconds,
      Map<String, Object> params,
      String reuses,
      String error) {
    private static Tried of(Trial trial) {
      Map.Entry<Integer, Double> last = trial.intermediate().lastEntry();
      return new Tried(
          trial.number(),
          trial.state().name().toLowerCase(Locale.ROOT),
          trial.value().isPresent() ? trial.value().getAsDouble() : null,
          last == null ? null : last.getKey(),
          last == null ? null : last.getValue(),
          trial
              .end()
              .map(end -> Duration.between(trial.start(), end).toMillis() / 1e3)
              .orElse(null),
          trial.params(),
          trial.attributes().get(TrialResult.REUSES),
          trial.attributes().get(TrialResult.ERROR));
    }
  }

  static StudyData of(Study study) {
    return new StudyData(
        RunRecord.METRIC,
        study.space().parameters().stream().map(Range::of).toList(),
        study.trials().stream().map(Tried::of).toList());
  }
}
