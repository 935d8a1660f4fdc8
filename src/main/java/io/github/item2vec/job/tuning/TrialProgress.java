package io.github.item2vec.job.tuning;

import io.github.item2vec.job.console.Console;
import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import io.github.item2vec.tune.TrialState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A study on the console: a line per trial, and how far the whole is, with the best so far. */
final class TrialProgress {
  private final long start = System.nanoTime();
  private final Study study;
  private final int trials;
  private final int before;

  TrialProgress(Study study, int trials) {
    this.study = study;
    this.trials = trials;
    this.before = (int) study.trials().stream().filter(t -> t.end().isPresent()).count();
  }

  void told(Trial trial) {
    boolean best = study.best().filter(found -> found.number() == trial.number()).isPresent();
    Console.standard()
        .tell("trial %d".formatted(trial.number()), line(trial) + (best ? "  best so far" : ""));
    Console.standard().progress(progress(trial.number() + 1));
  }

  private static String line(Trial trial) {
    StringBuilder line = new StringBuilder();
    line.append(
        trial.state() == TrialState.COMPLETE
            ? String.format(Locale.ROOT, "%-8.5f", trial.value().getAsDouble())
            : "%-8s".formatted(trial.state().name().toLowerCase(Locale.ROOT)));
    double seconds = Duration.between(trial.start(), trial.end().orElseThrow()).toMillis() / 1e3;
    line.append(
        trial.attributes().containsKey(TrialResult.REUSES)
            ? "  as %4s".formatted(trial.attributes().get(TrialResult.REUSES))
            : String.format(Locale.ROOT, " %6.1f s", seconds));
    for (Map.Entry<String, Object> param : trial.params().entrySet()) {
      line.append("  ").append(param.getKey()).append(' ').append(shorter(param.getValue()));
    }
    if (trial.attributes().containsKey(TrialResult.ERROR)) {
      line.append("  ").append(trial.attributes().get(TrialResult.ERROR));
    }
    return line.toString();
  }

  private static String shorter(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4g", number)
        : String.valueOf(value);
  }

  private String best() {
    return study
        .best()
        .map(
            trial ->
                String.format(
                    Locale.ROOT,
                    "best %.5f (trial %d)",
                    trial.value().getAsDouble(),
                    trial.number()))
        .orElse("none complete yet");
  }

  private Console.Progress progress(int told) {
    double left = (System.nanoTime() - start) / 1e9 / Math.max(1, told - before) * (trials - told);
    return new Console.Progress(
        (double) told / trials,
        String.format(Locale.ROOT, "%d of %d, %s, %.0f s left", told, trials, best(), left));
  }
}
