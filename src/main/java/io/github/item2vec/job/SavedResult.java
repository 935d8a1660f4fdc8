package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;

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

  /** The lists of users that have one; digested by the job that writes them. */
  void lists(Dataset<Row> lists) {
    RowDigest.Observed observed =
        new RowDigest.Observed(
            lists
                .where(col(Recommendations.ITEMS).isNotNull())
                .select(Recommendations.USER, Recommendations.ITEMS, Recommendations.SCORES));
    String saved = output.own(RunRecord.LISTS);
    observed.table().write().mode(SaveMode.Overwrite).parquet(saved);
    run.saved(RunRecord.LISTS, SavedFiles.lists(hadoop, saved, observed.digest()));
    output.appear(RunRecord.LISTS);
  }
}
