package io.github.item2vec.job.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.item2vec.evaluate.ListComparison;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.UserComparison;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two runs as a table of 80 columns. */
final class ComparisonText {
  private static final String METRIC = "%-20s %8s %8s %9s  %-20s %7s";
  private static final String SETTING = "%-30s %-24s %-24s";
  private static final String AT = "@" + RankingMetric.K;

  private static final String DIVERSITY = "diversity" + AT;

  /** Items that gained, and that lost; the page has more. */
  private static final int SHOWN = 3;

  private final StringBuilder text = new StringBuilder();

  private ComparisonText() {}

  /** The table; the metrics at the cut-off {@link RankingMetric#K}. */
  static String of(ComparisonPage page) {
    ComparisonText text = new ComparisonText();
    text.line("A          %s, run %s", page.first().output(), page.first().runId());
    text.line("B          %s, run %s", page.second().output(), page.second().runId());
    text.settings(page.settings());
    text.metrics(page);
    text.lists(page);
    return text.text.toString();
  }

  private void settings(List<ComparisonPage.Setting> settings) {
    if (settings.isEmpty()) {
      line("settings   the same");
      return;
    }
    line("");
    line(SETTING, "settings that differ", "A", "B");
    for (ComparisonPage.Setting setting : settings) {
      line(SETTING, setting.key(), shown(setting.first()), shown(setting.second()));
    }
  }

  private static String shown(String value) {
    return value == null ? "-" : Printable.line(value);
  }

  private void metrics(ComparisonPage page) {
    line("");
    line(METRIC, "", "A", "B", "B - A", "95 % interval", "p");
    for (UserComparison.Metric metric : page.metrics()) {
      if (metric.metric().endsWith(AT)) {
        line(
            METRIC,
            metric.metric(),
            number("%.4f", metric.first()),
            number("%.4f", metric.second()),
            number("%+.4f", metric.difference().mean()),
            number("%+.4f", metric.difference().interval().low())
                + " to "
                + number("%+.4f", metric.difference().interval().high()),
            number("%.3f", metric.difference().pValue()));
      }
    }
    ofAllLists(page);
    page.metrics().stream()
        .filter(metric -> metric.metric().equals(RunRecord.METRIC))
        .forEach(
            metric ->
                line(
                    "%,d users; %s is higher in B for %,d of them, lower for %,d",
                    page.users(), metric.metric(), metric.better(), metric.worse()));
  }

  /**
   * Those that are no means over users have no interval. Diversity is left out: each run has
   * measured it by vectors of its own, and so by another yardstick.
   */
  private void ofAllLists(ComparisonPage page) {
    List<String> paired = page.metrics().stream().map(UserComparison.Metric::metric).toList();
    for (Map.Entry<String, JsonNode> entry : page.first().metrics().properties()) {
      String name = entry.getKey();
      if (name.endsWith(AT)
          && !paired.contains(name)
          && !name.equals(DIVERSITY)
          && page.second().metrics().has(name)) {
        double first = entry.getValue().asDouble();
        double second = page.second().metrics().get(name).asDouble();
        line(
            METRIC,
            name,
            number("%.4f", first),
            number("%.4f", second),
            number("%+.4f", second - first),
            "",
            "");
      }
    }
  }

  private void lists(ComparisonPage page) {
    ListComparison lists = page.lists();
    if (lists == null) {
      return;
    }
    line("");
    line("lists      of %,d users in both, the first %d places:", lists.users(), lists.k());
    if (lists.users() > 0) {
      line(
          "           %s changed, %,d lists of them in order alone",
          share((double) (lists.users() - lists.same()) / lists.users()), lists.reordered());
      line("           on average %s of a list's items are in both", share(lists.overlap()));
    }
    if (lists.onlyFirst() + lists.onlySecond() > 0) {
      line(
          "           %,d users have a list in A alone, %,d in B alone",
          lists.onlyFirst(), lists.onlySecond());
    }
    items("gained", lists.gained(), page);
    items("lost", lists.lost(), page);
  }

  private void items(String name, List<ListComparison.Exposure> items, ComparisonPage page) {
    String first = name;
    for (ListComparison.Exposure item : items.subList(0, Math.min(SHOWN, items.size()))) {
      line(
          "%-10s %,+7d places (%,d to %,d)  %s",
          first,
          item.second() - item.first(),
          item.first(),
          item.second(),
          Printable.line(page.titleOf(item.item())));
      first = "";
    }
  }

  private static String share(double value) {
    return number("%.1f %%", 100 * value);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing())
        .append(System.lineSeparator());
  }
}
