package io.github.item2vec.job.tuning;

import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import io.github.item2vec.tune.TrialState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A study on standard error: a line a trial and, on a terminal, a bar under it with the trials
 * done, the best so far and the time left.
 */
final class TrialBar {
  private static final int WIDTH = 30;

  private final boolean terminal = System.getenv("ITEM2VEC_TERMINAL") != null;
  private final long start = System.nanoTime();
  private final Study study;
  private final int trials;
  private final int before;

  TrialBar(Study study, int trials) {
    this.study = study;
    this.trials = trials;
    this.before = (int) study.trials().stream().filter(t -> t.end().isPresent()).count();
  }

  void told(Trial trial) {
    String line = line(trial);
    String bar = bar(trial.number() + 1);
    if (terminal) {
      System.err.printf(
          "\r%-" + bar.length() + "s%n%s%s", line, bar, trial.number() + 1 == trials ? "\n" : "");
    } else {
      System.err.println(line + "   " + best());
    }
  }

  private static String line(Trial trial) {
    StringBuilder line = new StringBuilder("trial %4d  ".formatted(trial.number()));
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

  private String bar(int told) {
    double left = (System.nanoTime() - start) / 1e9 / Math.max(1, told - before) * (trials - told);
    int filled = (int) ((long) WIDTH * told / trials);
    return String.format(
        Locale.ROOT,
        "[%s%s] %d of %d, %s, %.0f s left",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        told,
        trials,
        best(),
        left);
  }
}
