package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.config.JobConfig.Training.TrainerName;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.RowDigest;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.job.run.RunFile;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.SavedFiles;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.train.Item2VecModel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a finished run has left in {@code OUTPUT}, checked against its run.json. Driver only; the
 * lists stay in their files.
 *
 * @param quality see {@link RunFile#quality()}
 * @param count of the lists
 * @param longest length of the longest one
 */
public record SavedLists(
    String output, String runId, double quality, Dataset<Row> lists, long count, int longest) {
  private static final Logger LOG = LoggerFactory.getLogger(SavedLists.class);
  private static final String MODEL = RunRecord.MODEL;
  private static final String LISTS = RunRecord.LISTS;
  private static final String LONGEST = "longest";

  /**
   * Opens the output of a run; one job reads all lists.
   *
   * @throws BadInputException when there is none, it did not succeed, or it saved no lists
   * @throws io.github.item2vec.files.DamagedException when the files are not those that it saved
   */
  static SavedLists open(SparkSession spark, String output) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    RunFile run = run(hadoop, output);
    String path = new Path(output, LISTS).toString();
    Optional<SavedFiles> saved = run.saved().map(all -> checked(hadoop, output, run, all));
    if (saved.isEmpty()) {
      LOG.warn(
          "{}: run.json is of a version that kept no counts of what it saved: nothing can be checked",
          output);
    }
    Dataset<Row> lists = SavedTable.parquet(spark, path);
    Row found = SavedTable.reading(path, () -> RowDigest.aggregate(lists, aggregates(lists)));
    RowDigest rows = RowDigest.of(found);
    saved.ifPresent(files -> files.requireRows(path, rows));
    Integer longest = found.getAs(LONGEST);
    return new SavedLists(
        output, run.runId(), run.quality(), lists, rows.rows(), longest == null ? 0 : longest);
  }

  /** The run.json of a run that succeeded. */
  static RunFile run(Configuration hadoop, String output) {
    RunFile run =
        RunFile.read(hadoop, output)
            .orElseThrow(
                () -> new BadInputException("no run in " + output + ": there is no run.json"));
    if (!run.succeeded()) {
      throw new BadInputException(
          "the run in %s is %s, not SUCCEEDED".formatted(output, run.status()));
    }
    return run;
  }

  /** Looks at the files of both directories, and at the rows of the model. */
  private static SavedFiles checked(
      Configuration hadoop, String output, RunFile run, Map<String, SavedFiles> all) {
    SavedFiles lists = all.get(LISTS);
    if (lists == null) {
      throw new BadInputException(
          "the run in %s saved no lists: was recommend.save off, or was it evaluate or tune?"
              .formatted(output));
    }
    lists.requireFiles(hadoop, new Path(output, LISTS).toString());
    SavedFiles model = all.get(MODEL);
    if (model != null) {
      String path = new Path(output, MODEL).toString();
      model.requireModel(hadoop, path);
      if (run.trainer().equals(TrainerName.ITEM2VEC.word())) {
        Item2VecModel.verify(path);
      }
    }
    return lists;
  }

  private static Column[] aggregates(Dataset<Row> lists) {
    Column[] digest = RowDigest.columns(lists.columns());
    Column[] all = Arrays.copyOf(digest, digest.length + 1);
    all[digest.length] = max(size(col(Recommendations.ITEMS))).as(LONGEST);
    return all;
  }

  /**
   * The items that an earlier publish of this output gave indices, in their order, so that the same
   * lists get the same bytes; after them, or without such a publish, all items of all lists, the
   * most recommended first, and then those that have similar items. The items come to the driver.
   */
  List<String> items(Optional<Dataset<Row>> similar) {
    Set<String> items = new LinkedHashSet<>(PublishedIds.items(lists.sparkSession(), output));
    items.addAll(recommended());
    similar.ifPresent(
        some -> items.addAll(some.select(SimilarLists.ITEM).as(Encoders.STRING()).collectAsList()));
    return List.copyOf(items);
  }

  private List<String> recommended() {
    return lists
        .select(explode(col(Recommendations.ITEMS)).as("item"))
        .groupBy("item")
        .count()
        .orderBy(desc("count"), col("item"))
        .select("item")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
