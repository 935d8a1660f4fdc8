package io.github.item2vec.job.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The closing table of a run: what went in, what the model reaches beside popularity, what is in
 * Redis.
 */
public final class Summary {
  private Summary() {}

  /** The table as text, of a finished run. */
  public static String of(RunManifest run) {
    StringBuilder text = new StringBuilder("\n");
    Map<?, ?> input = (Map<?, ?>) run.field("input");
    Map<?, ?> split = (Map<?, ?>) run.field("split");
    line(
        text,
        "ratings",
        "%,d rows, %,d kept, %,d rejected, %,d repeated",
        input.get("rows"),
        input.get("kept"),
        total((Map<?, ?>) input.get("rejected")),
        input.get("duplicates"));
    line(
        text,
        "users",
        "%,d, %,d of them without context",
        input.get("users"),
        split.get("usersWithoutContext"));
    line(text, "items", "%,d", input.get("items"));
    line(
        text,
        "split",
        "train %,d, validation %,d, test %,d",
        split.get("train"),
        split.get("validation"),
        split.get("test"));
    metrics(text, run);
    text.append(comparison(run));
    if (run.field("publish") instanceof Map<?, ?> publish) {
      publish(text, publish);
    }
    line(text, "time", "%.1f s  %s", run.field("seconds"), run.field("timings"));
    line(text, "details", "%s", run.path());
    return text.toString();
  }

  private static void metrics(StringBuilder text, RunManifest run) {
    Map<?, ?> model = (Map<?, ?>) run.field("metrics");
    Map<?, ?> popularity = (Map<?, ?>) ((Map<?, ?>) run.field("baselines")).get("popularity");
    text.append(row("", String.valueOf(run.field("trainer")), "popularity", "ratio"));
    model.forEach(
        (name, value) -> {
          if (!String.valueOf(name).endsWith("@10")) {
            return; // the other cut-offs are in run.json and the report
          }
          double ours = (double) value;
          double theirs = popularity.get(name) instanceof Double there ? there : Double.NaN;
          text.append(
              row(
                  String.valueOf(name),
                  "%.4f".formatted(ours),
                  "%.4f".formatted(theirs),
                  theirs > 0 ? "%.2f".formatted(ours / theirs) : "-"));
        });
  }

  /** Each model with the 95 % intervals of two metrics, what it cost, and how sure the order is. */
  private static String comparison(RunManifest run) {
    Map<?, ?> baselines = (Map<?, ?>) run.field("baselines");
    Map<?, ?> details = (Map<?, ?>) run.field("comparison");
    Map<?, ?> metrics = (Map<?, ?>) run.field("metrics");
    if (metrics.isEmpty()) {
      return "no user has a test part: nothing is measured%n".formatted();
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-16s %-24s %-24s %9s %9s %10s%n",
            "95 % intervals",
            "map@10",
            "hitrate@10",
            "train s",
            "MB",
            "p (map@10)"));
    String trainer = String.valueOf(run.field("trainer"));
    text.append(contender(trainer, metrics, (Map<?, ?>) details.get("model")));
    baselines.forEach(
        (name, values) ->
            text.append(
                contender(
                    String.valueOf(name), (Map<?, ?>) values, (Map<?, ?>) details.get(name))));
    return text.append(System.lineSeparator()).toString();
  }

  private static String contender(String name, Map<?, ?> metrics, Map<?, ?> details) {
    Object seconds = details.get("trainSeconds");
    double megabytes = (long) details.get("vectorBytes") / 1e6;
    Object pValue =
        details.get("modelMinusThis") instanceof Map<?, ?> paired ? paired.get("pValue") : null;
    return String.format(
        Locale.ROOT,
        "%-16s %-24s %-24s %9s %9.1f %10s%n",
        name,
        interval(metrics, details, "map@10"),
        interval(metrics, details, "hitrate@10"),
        seconds == null ? "" : seconds,
        megabytes,
        pValue instanceof Double p ? String.format(Locale.ROOT, "%.3f", p) : "");
  }

  private static String interval(Map<?, ?> metrics, Map<?, ?> details, String metric) {
    List<?> ends = (List<?>) ((Map<?, ?>) details.get("intervals")).get(metric);
    return String.format(
        Locale.ROOT,
        "%.4f (%.4f - %.4f)",
        (double) metrics.get(metric),
        (double) ends.get(0),
        (double) ends.get(1));
  }

  private static String row(String name, String model, String baseline, String ratio) {
    return String.format(Locale.ROOT, "%-20s %14s %14s %8s%n", name, model, baseline, ratio);
  }

  /** The lines on Redis alone. */
  public static String published(Map<String, Object> publish) {
    StringBuilder text = new StringBuilder();
    publish(text, publish);
    return text.toString();
  }

  private static void publish(StringBuilder text, Map<?, ?> publish) {
    if (!publish.containsKey("layout")) {
      line(text, "redis", "not published (no --redis)");
      return;
    }
    List<?> layouts =
        publish.containsKey("layouts") ? (List<?>) publish.get("layouts") : List.of(publish);
    for (Object layout : layouts) {
      Map<?, ?> fields = (Map<?, ?>) layout;
      line(
          text,
          "redis",
          "%s: %,d users, %,d items, %,d bytes in %s",
          fields.get("layout"),
          fields.get("users"),
          fields.get("items"),
          fields.get("bytes"),
          fields.get("target"));
    }
  }

  private static long total(Map<?, ?> counts) {
    return counts.values().stream().mapToLong(n -> (long) n).sum();
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-10s ", name));
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
