package io.github.item2vec.job.run;

import io.github.item2vec.evaluate.Interval;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.text.WrappedText;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The closing table of a run: what went in, what the model reaches beside popularity, what is in
 * Redis.
 */
public final class Summary {
  private static final int WIDTH = 80 - 11;

  /** A blank at which no line ends. */
  private static final char KEPT_TOGETHER = '\u00a0';

  /** A row of the table of intervals: 80 columns. */
  private static final String CONTENDER = "%-14s %-22s %-22s %7s %5s %5s";

  private static final String HIT_RATE = RankingMetric.HIT_RATE.at(RankingMetric.K);

  private Summary() {}

  /** The table as text, of a finished run. */
  public static String of(RunManifest manifest) {
    StringBuilder text = new StringBuilder("\n");
    RunRecord run = manifest.record();
    RunRecord.Input input = run.input;
    RunRecord.Split split = run.split;
    line(
        text,
        "ratings",
        "%,d rows, %,d kept, %,d rejected, %,d repeated",
        input.rows(),
        input.kept(),
        input.rejected().values().stream().mapToLong(Long::longValue).sum(),
        input.duplicates());
    line(
        text,
        "users",
        "%,d, %,d of them without context",
        input.users(),
        split.usersWithoutContext());
    line(text, "items", "%,d", input.items());
    line(
        text,
        "split",
        "train %,d, validation %,d, test %,d",
        split.train(),
        split.validation(),
        split.test());
    if (run.model != null) {
      line(
          text,
          "model",
          "%s, %,d items; %,d items of the ratings are not in it",
          run.model.path(),
          run.model.items(),
          run.model.coldItems());
    }
    if (run.profile != null) {
      wrapped(text, "order", order(run.profile));
    }
    line(text, "left out", "%s", run.leaveOut);
    if (run.rules != null) {
      wrapped(text, "rules", run.rules.toString());
    }
    metrics(text, run);
    text.append(comparison(run));
    if (run.publish != null) {
      text.append(published(run.publish));
    }
    wrapped(text, "time", number("%.1f s: ", run.seconds) + stages(run.timings));
    line(text, "details", "%s", manifest.path());
    return text.toString();
  }

  private static String order(RunRecord.Profile profile) {
    double tenth = profile.lags().get("10-14");
    String lags =
        tenth == 1
            ? "all items of a user count the same"
            : number("the last item counts %.1f times the tenth", 1 / tenth);
    if (!profile.counted()) {
      return lags
          + "; no transitions and no neighbours (a basket model of 250 users or more has them)";
    }
    return profile.transitions() == 0
        ? lags
        : lags + String.format(Locale.ROOT, "; %,d transitions", profile.transitions());
  }

  private static void metrics(StringBuilder text, RunRecord run) {
    Map<String, Double> popularity = run.baselines.get("popularity");
    text.append(row("", run.trainer, "popularity", "ratio"));
    run.metrics.forEach(
        (name, ours) -> {
          if (!name.endsWith("@10")) {
            return; // the other cut-offs are in run.json and the report
          }
          double theirs = popularity.getOrDefault(name, Double.NaN);
          text.append(
              row(
                  name,
                  number("%.4f", ours),
                  number("%.4f", theirs),
                  theirs > 0 ? number("%.2f", ours / theirs) : "-"));
        });
  }

  /** Each model with the 95 % intervals of two metrics, what it cost, and how sure the order is. */
  private static String comparison(RunRecord run) {
    if (run.metrics.isEmpty()) {
      return "no user has a test part: nothing is measured%n".formatted();
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n" + CONTENDER + "%n",
            "95 % intervals",
            RunRecord.METRIC,
            HIT_RATE,
            "train s",
            "MB",
            "p"));
    text.append(contender(run.trainer, run.metrics, run.comparison.get("model")));
    run.baselines.forEach(
        (name, values) -> text.append(contender(name, values, run.comparison.get(name))));
    if (run.skippedBaselines != null) {
      run.skippedBaselines.forEach((name, why) -> text.append(name + " " + why + "\n"));
    }
    if (!run.baselines.isEmpty()) {
      text.append("p (map@10) of the paired difference from " + run.trainer + "\n");
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String contender(String name, Map<String, Double> metrics, Compared details) {
    Compared.Difference paired = details.modelMinusThis();
    String row =
        String.format(
            Locale.ROOT,
            CONTENDER,
            name,
            interval(metrics, details, RunRecord.METRIC),
            interval(metrics, details, HIT_RATE),
            details.trainSeconds() == null ? "" : number("%.1f", details.trainSeconds()),
            number("%.1f", details.vectorBytes() / 1e6),
            paired == null ? "" : number("%.3f", paired.pValue()));
    return row.stripTrailing() + System.lineSeparator();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Seconds by stage; those that took none are left out. */
  private static String stages(Map<String, Double> timings) {
    return timings.entrySet().stream()
        .filter(stage -> stage.getValue() >= 0.05)
        .map(stage -> stage.getKey() + KEPT_TOGETHER + number("%.1f", stage.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String interval(Map<String, Double> metrics, Compared details, String metric) {
    Interval interval = details.intervals().get(metric);
    return String.format(
        Locale.ROOT, "%.4f (%.4f-%.4f)", metrics.get(metric), interval.low(), interval.high());
  }

  private static String row(String name, String model, String baseline, String ratio) {
    return String.format(Locale.ROOT, "%-20s %14s %14s %8s%n", name, model, baseline, ratio);
  }

  /** The lines on Redis alone. */
  public static String published(Published publish) {
    StringBuilder text = new StringBuilder();
    if (publish.all().isEmpty()) {
      line(text, "redis", "not published (no --redis)");
    }
    for (Published.Layout layout : publish.all()) {
      line(
          text,
          "redis",
          "%s: %,d users%s, %,d items,%s %,d bytes in %s",
          layout.layout(),
          layout.users(),
          layout.usersBefore() == null ? "" : " (%,d before)".formatted(layout.usersBefore()),
          layout.items(),
          layout.similarItems() == 0
              ? ""
              : " similar items of %,d items,".formatted(layout.similarItems()),
          layout.bytes(),
          layout.target());
    }
    return text.toString();
  }

  /** The same, in as many lines as 80 columns need. */
  private static void wrapped(StringBuilder text, String name, String value) {
    String first = name;
    for (String part : WrappedText.lines(value, WIDTH)) {
      line(text, first, "%s", part.replace(KEPT_TOGETHER, ' '));
      first = "";
    }
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-10s ", name));
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
