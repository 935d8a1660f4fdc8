package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;

import io.github.item2vec.config.JobConfig.Evaluation;
import io.github.item2vec.evaluate.UserMetrics;
import io.github.item2vec.files.RowDigest;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.SavedFiles;
import io.github.item2vec.recommend.Recommendations;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** What a run saves, each directory appearing whole, with its counts in the record. Driver only. */
final class SavedResult {
  private final Configuration hadoop;
  private final RunOutput output;
  private final RunRecord run;

  SavedResult(SparkSession spark, RunManifest manifest) {
    this.hadoop = spark.sessionState().newHadoopConf();
    this.output = manifest.output();
    this.run = manifest.record();
  }

  void model(MLWritable model) {
    String saved = output.own(RunRecord.MODEL);
    try {
      model.write().overwrite().save(saved);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model to " + output, e);
    }
    run.saved(RunRecord.MODEL, SavedFiles.model(hadoop, saved));
    output.appear(RunRecord.MODEL);
  }

  /** The nearest items of each item. */
  void similar(Dataset<Row> lists) {
    table(RunRecord.SIMILAR, lists);
  }

  /**
   * The metrics of each evaluated user, if they are to be saved.
   *
   * @param lists of all users, with their test part
   * @return whether they are
   */
  boolean userMetrics(Dataset<Row> lists, Evaluation evaluation) {
    if (evaluation.save()) {
      table(RunRecord.USER_METRICS, UserMetrics.of(lists, evaluation.k()));
    }
    return evaluation.save();
  }

  /** The lists of users that have one; digested by the job that writes them. */
  void lists(Dataset<Row> lists) {
    table(
        RunRecord.LISTS,
        lists
            .where(col(Recommendations.ITEMS).isNotNull())
            .select(Recommendations.USER, Recommendations.ITEMS, Recommendations.SCORES));
  }

  private void table(String name, Dataset<Row> rows) {
    RowDigest.Observed observed = new RowDigest.Observed(rows);
    String saved = output.own(name);
    observed.table().write().mode(SaveMode.Overwrite).parquet(saved);
    run.saved(name, SavedFiles.lists(hadoop, saved, observed.digest()));
    output.appear(name);
  }
}
