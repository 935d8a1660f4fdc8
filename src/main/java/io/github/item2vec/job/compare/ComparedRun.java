package io.github.item2vec.job.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.evaluate.UserMetrics;
import io.github.item2vec.files.RowDigest;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.job.run.RunFile;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.SavedFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One of the two: what a finished run has left in its output, checked against its run.json. Driver
 * only; the rows stay in their files.
 *
 * @param json run.json
 * @param users as {@link UserMetrics} makes them
 * @param lists columns user and items; empty when the run saved none
 */
record ComparedRun(String output, JsonNode json, Dataset<Row> users, Optional<Dataset<Row>> lists) {
  private static final Set<String> NO_METRICS =
      Set.of(
          UserMetrics.USER,
          UserMetrics.TRAIN_ROWS,
          UserMetrics.HELD_OUT,
          UserMetrics.HELD_OUT_HASH,
          UserMetrics.LISTED);

  /**
   * Opens an output; a job per table looks at its rows.
   *
   * @throws BadInputException when there is no run that succeeded, or it saved no metrics of users
   * @throws io.github.item2vec.files.DamagedException when the files are not those that it saved
   */
  static ComparedRun open(SparkSession spark, String output) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    JsonNode json =
        RunFile.json(hadoop, output)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "no run in %s: there is no run.json; give the --output of a run"
                            .formatted(output)));
    RunFile run = RunFile.of(json);
    if (!run.succeeded()) {
      throw new BadInputException(
          "the run in %s is %s: must be SUCCEEDED to be compared".formatted(output, run.status()));
    }
    Map<String, SavedFiles> saved = run.saved().orElse(Map.of());
    Dataset<Row> users =
        table(spark, output, RunRecord.USER_METRICS, saved)
            .orElseThrow(
                () ->
                    new BadInputException(
                        ("the run in %s saved no metrics of its users (%s), by which runs are"
                                + " compared: run or evaluate it again with evaluation.save = true")
                            .formatted(output, RunRecord.USER_METRICS)));
    return new ComparedRun(output, json, users, table(spark, output, RunRecord.LISTS, saved));
  }

  private static Optional<Dataset<Row>> table(
      SparkSession spark, String output, String name, Map<String, SavedFiles> saved) {
    SavedFiles files = saved.get(name);
    if (files == null) {
      return Optional.empty();
    }
    String path = new Path(output, name).toString();
    files.requireFiles(spark.sessionState().newHadoopConf(), path);
    Dataset<Row> rows = SavedTable.parquet(spark, path);
    files.requireRows(path, SavedTable.reading(path, () -> RowDigest.of(rows)));
    return Optional.of(rows);
  }

  /** The metrics that each user has, such as {@code map@10}. */
  List<String> metrics() {
    return Stream.of(users.columns()).filter(name -> !NO_METRICS.contains(name)).toList();
  }

  /** All keys of its configuration in the order of their names, each value as text. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    flatten("", json.path("configuration"), settings);
    return settings;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> settings) {
    if (!node.isObject()) {
      settings.put(prefix, node.isValueNode() ? node.asText() : node.toString());
      return;
    }
    node.properties()
        .forEach(
            entry ->
                flatten(
                    prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                    entry.getValue(),
                    settings));
  }

  String runId() {
    return json.path("runId").asText();
  }
}
