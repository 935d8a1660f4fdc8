package io.github.item2vec.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of run.json as a page to read: no script, no request, light and dark. Pure text to
 * text; driver only.
 */
public final class RunReport {
  private static final List<String> GROUPS =
      List.of(
          "input", "split", "users", "coldUsers", "gate", "publish", "timings", "params", "tuning");

  private static final String NOTE =
      "Means over the evaluated users, those with a test part; a user without a list counts 0, and"
          + " test items that the train part does not hold count as missed. All items are ranked."
          + " Small figures: 95 % of 1,000 bootstrap samples of the users; modelMinusThis: the paired"
          + " difference on the same samples. map@k divides by k, map-normalized@k by min(|test|, k);"
          + " coverage, novelty (bits) and popularity-share are over places in lists.";

  private final Map<String, Object> run;

  private RunReport(Map<String, Object> run) {
    this.run = run;
  }

  /**
   * The page of a run.
   *
   * @param run the fields of run.json; groups that are not there yet, as in a failed run, are left
   *     out
   */
  public static String html(Map<String, Object> run) {
    return new RunReport(run).page();
  }

  private String page() {
    StringBuilder body = new StringBuilder();
    body.append("<h1>item2vec-spark run ").append(text(run.get("runId"))).append("</h1>\n");
    body.append("<p class=\"status\"><strong>")
        .append(text(run.get("status")))
        .append("</strong> after ")
        .append(text(run.get("seconds")))
        .append(" s, started ")
        .append(text(run.get("startedAt")))
        .append(", version ")
        .append(text(run.get("version")))
        .append("</p>\n");
    if (run.containsKey("error")) {
      body.append("<pre role=\"alert\">").append(text(run.get("error"))).append("</pre>\n");
    }
    metrics(body);
    for (String group : GROUPS) {
      if (run.get(group) instanceof Map<?, ?> fields) {
        table(body, group, flat("", fields));
      }
    }
    return template()
        .replace("<!-- title -->", "item2vec-spark run " + text(run.get("runId")))
        .replace("<!-- body -->", body);
  }

  /** The trainer's metrics beside each baseline's, with a bar in proportion to the larger. */
  private void metrics(StringBuilder body) {
    if (!(run.get("metrics") instanceof Map<?, ?> model)
        || !(run.get("baselines") instanceof Map<?, ?> baselines)) {
      return;
    }
    Map<String, Map<?, ?>> columns = new LinkedHashMap<>();
    columns.put(String.valueOf(run.get("trainer")), model);
    baselines.forEach((name, values) -> columns.put(String.valueOf(name), (Map<?, ?>) values));
    body.append(
        "<h2>Metrics on the test part</h2>\n<table class=\"metrics\"><thead><tr><th>metric</th>");
    columns.keySet().forEach(name -> body.append("<th>").append(text(name)).append("</th>"));
    body.append("</tr></thead><tbody>\n");
    Map<?, ?> details = run.get("comparison") instanceof Map<?, ?> fields ? fields : Map.of();
    for (Object metric : model.keySet()) {
      double largest = columns.values().stream().mapToDouble(v -> value(v, metric)).max().orElse(0);
      body.append("<tr><th scope=\"row\">").append(text(metric)).append("</th>");
      columns.forEach(
          (name, values) ->
              bar(
                  body,
                  value(values, metric),
                  largest,
                  interval(details.get(values == model ? "model" : name), metric)));
      body.append("</tr>\n");
    }
    body.append("</tbody></table>\n<p>").append(NOTE);
    if (run.get("split") instanceof Map<?, ?> split && split.containsKey("leak")) {
      body.append(' ').append(text(split.get("leak")));
    }
    body.append("</p>\n");
    details.forEach(
        (name, fields) -> {
          Map<String, Object> costs = flat("", (Map<?, ?>) fields);
          costs.keySet().removeIf(field -> field.startsWith("intervals."));
          table(
              body,
              name.equals("model") ? String.valueOf(run.get("trainer")) : (String) name,
              costs);
        });
  }

  /** 0 for a metric that a model has not. */
  private static double value(Map<?, ?> metrics, Object metric) {
    return metrics.get(metric) instanceof Double value ? value : 0;
  }

  private static String interval(Object details, Object metric) {
    return details instanceof Map<?, ?> fields
            && fields.get("intervals") instanceof Map<?, ?> intervals
            && intervals.get(metric) instanceof List<?> ends
        ? String.format(Locale.ROOT, "%.4f - %.4f", (double) ends.get(0), (double) ends.get(1))
        : "";
  }

  private static void bar(StringBuilder body, double value, double largest, String interval) {
    double percent = largest > 0 ? 100 * value / largest : 0;
    body.append(
        String.format(
            Locale.ROOT,
            "<td>%.4f <small>%s</small><span class=\"bar\" style=\"width:%.0f%%\"></span></td>",
            value,
            interval,
            percent));
  }

  private static void table(StringBuilder body, String title, Map<String, Object> fields) {
    body.append("<h2>").append(text(title)).append("</h2>\n<table><tbody>\n");
    fields.forEach(
        (name, value) ->
            body.append("<tr><th scope=\"row\">")
                .append(text(name))
                .append("</th><td>")
                .append(value instanceof Long n ? "%,d".formatted(n) : text(value))
                .append("</td></tr>\n"));
    body.append("</tbody></table>\n");
  }

  /** Nested groups and lists as one level, with dotted names. */
  private static Map<String, Object> flat(String prefix, Map<?, ?> fields) {
    Map<String, Object> rows = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> nested) {
            rows.putAll(flat(prefix + name + ".", nested));
          } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
              rows.putAll(flat(prefix + name + ".", Map.of(i + 1, list.get(i))));
            }
          } else {
            rows.put(prefix + name, value);
          }
        });
    return rows;
  }

  private static String text(Object value) {
    return String.valueOf(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String template() {
    try (InputStream in = RunReport.class.getResourceAsStream("/item2vec-report.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
