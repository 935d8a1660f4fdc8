package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.slice;

import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.RowDigest;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.job.run.RunFile;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.SavedFiles;
import io.github.item2vec.recommend.Recommendations;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The nearest items of each item as a run has saved them: {@code OUTPUT/similar} (Parquet: item,
 * items, scores), checked against run.json. Driver only; the lists stay in their files.
 */
public final class SimilarLists {
  /** The item whose list it is. */
  public static final String ITEM = "item";

  private SimilarLists() {}

  /**
   * Opens them; one job reads them.
   *
   * @param k items of a list, at most; 0: none are asked for
   * @return empty for k = 0
   * @throws BadInputException when the run has made none, or shorter ones
   * @throws io.github.item2vec.files.DamagedException when the files are not those that it saved
   */
  static Optional<Dataset<Row>> open(SparkSession spark, String output, int k) {
    if (k == 0) {
      return Optional.empty();
    }
    Configuration hadoop = spark.sessionState().newHadoopConf();
    RunFile run = SavedLists.run(hadoop, output);
    SavedFiles saved =
        run.saved()
            .map(all -> all.get(RunRecord.SIMILAR))
            .filter(all -> run.similarItems() > 0)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "publish.similar-items = %d: the run in %s has saved no similar items; run again with that setting, or publish without"
                            .formatted(k, output)));
    if (run.similarItems() < k) {
      throw new BadInputException(
          "publish.similar-items = %d: the run in %s has saved %d per item; run again with that setting, or publish as many"
              .formatted(k, output, run.similarItems()));
    }
    String path = new Path(output, RunRecord.SIMILAR).toString();
    saved.requireFiles(hadoop, path);
    Dataset<Row> lists = SavedTable.parquet(spark, path);
    saved.requireRows(path, SavedTable.reading(path, () -> RowDigest.of(lists)));
    return Optional.of(
        lists
            .withColumn(Recommendations.ITEMS, slice(col(Recommendations.ITEMS), 1, k))
            .withColumn(Recommendations.SCORES, slice(col(Recommendations.SCORES), 1, k)));
  }
}
