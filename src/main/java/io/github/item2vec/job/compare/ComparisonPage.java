package io.github.item2vec.job.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.item2vec.evaluate.ListComparison;
import io.github.item2vec.evaluate.UserComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the page shows of two runs, and the console a part of. Driver only.
 *
 * @param settings that differ
 * @param users see {@link UserComparison#users}
 * @param metrics of the users, with their paired differences
 * @param lists null, and not written, when a run saved no lists
 * @param titles of the items that are shown, by id
 */
record ComparisonPage(
    Side first,
    Side second,
    List<Setting> settings,
    long users,
    List<UserComparison.Metric> metrics,
    ListComparison lists,
    Map<String, String> titles) {

  /**
   * One run.
   *
   * @param metrics all of run.json, those of all lists together among them
   * @param segments of run.json; missing when it has none
   */
  record Side(
      String output,
      String runId,
      String startedAt,
      String trainer,
      String version,
      JsonNode metrics,
      JsonNode segments) {
    static Side of(ComparedRun run) {
      JsonNode json = run.json();
      return new Side(
          run.output(),
          run.runId(),
          json.path("startedAt").asText(),
          json.path("trainer").asText(),
          json.path("version").asText(),
          json.get("metrics"),
          json.path("segments").get("model"));
    }
  }

  /** A key of the configuration; null where a run has none. */
  record Setting(String key, String first, String second) {}

  /** Only what differs, in the order of the keys. */
  static List<Setting> settings(ComparedRun first, ComparedRun second) {
    Map<String, String> ours = first.settings();
    Map<String, String> theirs = second.settings();
    TreeSet<String> keys = new TreeSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    List<Setting> differing = new ArrayList<>();
    for (String key : keys) {
      if (!String.valueOf(ours.get(key)).equals(String.valueOf(theirs.get(key)))) {
        differing.add(new Setting(key, ours.get(key), theirs.get(key)));
      }
    }
    return differing;
  }

  /** The titles of the items that gained and lost. */
  static Map<String, String> titles(ListComparison lists, UnaryOperator<String> titles) {
    Map<String, String> shown = new LinkedHashMap<>();
    Stream.concat(lists.gained().stream(), lists.lost().stream())
        .map(ListComparison.Exposure::item)
        .filter(item -> !titles.apply(item).isEmpty())
        .forEach(item -> shown.put(item, titles.apply(item)));
    return shown;
  }

  String titleOf(String item) {
    return titles.getOrDefault(item, item);
  }
}
