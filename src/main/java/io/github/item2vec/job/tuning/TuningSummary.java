package io.github.item2vec.job.tuning;

import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialState;
import java.util.Locale;

/** The closing table of a tuning: what was tried, the best beside the defaults. */
final class TuningSummary {
  private TuningSummary() {}

  static String of(Study study, Trial best, TuningFinal result, String on) {
    StringBuilder text = new StringBuilder("\n");
    line(
        text,
        "trials",
        "%d: %d complete, %d pruned, %d failed",
        study.trials().size(),
        count(study, TrialState.COMPLETE),
        count(study, TrialState.PRUNED),
        count(study, TrialState.FAIL));
    Trial defaults = study.trials().get(0);
    String theirs =
        defaults.value().isPresent()
            ? String.format(Locale.ROOT, "%.5f", defaults.value().getAsDouble())
            : defaults.state().name().toLowerCase(Locale.ROOT);
    line(
        text,
        "best",
        "map@10 %.5f on the %s items (trial %d), the defaults %s",
        best.value().getAsDouble(),
        on,
        best.number(),
        theirs);
    best.params().forEach((name, value) -> line(text, "", "%s = %s", name, value));
    line(text, "test", "trained on all but the test part, %,d users", result.users());
    text.append(row("", "best", "defaults"));
    result
        .best()
        .forEach(
            (name, value) ->
                text.append(row(name, number(value), number(result.defaults().get(name)))));
    result
        .gain()
        .ifPresent(
            gain ->
                line(
                    text,
                    "gain",
                    "map@10 %+.4f, 95 %% interval %+.4f to %+.4f (paired bootstrap over the users)",
                    gain.mean(),
                    gain.interval().low(),
                    gain.interval().high()));
    return text.toString();
  }

  private static long count(Study study, TrialState state) {
    return study.trials().stream().filter(trial -> trial.state() == state).count();
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String row(String name, String best, String defaults) {
    return String.format(Locale.ROOT, "%-20s %14s %14s%n", name, best, defaults);
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-10s ", name));
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
