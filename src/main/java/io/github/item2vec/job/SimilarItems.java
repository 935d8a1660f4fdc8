package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.job.publish.SimilarLists;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The nearest items of each item of a model, by the cosine of their input vectors, under the rules
 * that users' lists follow: computed once, on the executors, and cached until {@link #close}.
 * Driver only.
 */
final class SimilarItems implements AutoCloseable {
  private final Dataset<Row> lists;
  private final RunRecord.SimilarItems counts;

  private SimilarItems(Dataset<Row> lists, RunRecord.SimilarItems counts) {
    this.lists = lists;
    this.counts = counts;
  }

  /**
   * Computes them; one job.
   *
   * @param k items of a list, >= 1
   */
  static SimilarItems of(SparkSession spark, ListRules rules, ItemVectors vectors, int k) {
    Dataset<Row> lists =
        rules
            .applied(new Recommender(k))
            .similarItems(spark, vectors)
            .withColumnRenamed(Recommendations.USER, SimilarLists.ITEM)
            .where(size(col(Recommendations.ITEMS)).gt(0))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new SimilarItems(lists, new RunRecord.SimilarItems(k, lists.count()));
  }

  /**
   * Columns item, items (the nearest first) and scores (cosines); items without any are not there.
   */
  Dataset<Row> lists() {
    return lists;
  }

  /** For run.json. */
  RunRecord.SimilarItems counts() {
    return counts;
  }

  @Override
  public void close() {
    lists.unpersist();
  }
}
