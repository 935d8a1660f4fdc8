package io.github.item2vec.job;

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
    publish(text, (Map<?, ?>) run.field("publish"));
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
          double ours = (double) value;
          double theirs = (double) popularity.get(name);
          text.append(
              row(
                  String.valueOf(name),
                  "%.4f".formatted(ours),
                  "%.4f".formatted(theirs),
                  theirs > 0 ? "%.2f".formatted(ours / theirs) : "-"));
        });
  }

  private static String row(String name, String model, String baseline, String ratio) {
    return String.format(Locale.ROOT, "%-20s %14s %14s %8s%n", name, model, baseline, ratio);
  }

  /** The lines on Redis alone. */
  static String published(Map<String, Object> publish) {
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
          "%s: %,d users, %,d items, %,d bytes more in %s",
          fields.get("layout"),
          fields.get("users"),
          fields.get("items"),
          fields.get("bytesDelta"),
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
