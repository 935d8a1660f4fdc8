package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.data.BadInputException;
import io.github.item2vec.job.run.RunFile;
import io.github.item2vec.recommend.Recommendations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a finished run has left in {@code OUTPUT}: its id, its lists and their {@link
 * RunFile#quality()}. Driver only; the lists stay in their files.
 */
public record SavedLists(String output, String runId, double quality, Dataset<Row> lists) {
  /**
   * Opens the output of a run.
   *
   * @throws BadInputException when there is none, it did not succeed, or it saved no lists
   */
  static SavedLists open(SparkSession spark, String output) {
    RunFile run =
        RunFile.read(spark.sessionState().newHadoopConf(), output)
            .orElseThrow(
                () -> new BadInputException("no run in " + output + ": there is no run.json"));
    if (!run.succeeded()) {
      throw new BadInputException(
          "the run in %s is %s, not SUCCEEDED".formatted(output, run.status()));
    }
    String path = new Path(output, "recommendations").toString();
    try {
      return new SavedLists(output, run.runId(), run.quality(), spark.read().parquet(path));
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new BadInputException("no lists in " + path + ": was recommend.save off?");
      }
      throw e;
    }
  }

  /**
   * The items that an earlier publish of this output gave indices, in their order, so that the same
   * lists get the same bytes; after them, or without such a publish, all items of all lists, the
   * most recommended first. One job, the items come to the driver.
   */
  List<String> items() {
    Set<String> items = new LinkedHashSet<>(PublishedIds.items(lists.sparkSession(), output));
    items.addAll(recommended());
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

  /** Length of the longest list; one job. */
  int longest() {
    Row row = lists.agg(max(size(col(Recommendations.ITEMS)))).first();
    return row.isNullAt(0) ? 0 : row.getInt(0);
  }
}
