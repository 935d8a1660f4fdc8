package io.github.item2vec.evaluate;

import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The metrics of each evaluated user: a row each with the columns named here and one for each
 * {@link RankingMetric} at each cut-off, double, under the name that the mean over all rows has in
 * a {@link MetricReport}, such as {@code map@10}. Driver only; the rows are made in tasks.
 */
public final class UserMetrics {
  /** string. */
  public static final String USER = "user";

  /** int: rows of the train part; null where the lists do not say. */
  public static final String TRAIN_ROWS = "trainRows";

  /** int, >= 1: distinct held-out items. */
  public static final String HELD_OUT = "heldOut";

  /**
   * bigint: hash of the sorted held-out items, by which two runs tell that they held out the same.
   */
  public static final String HELD_OUT_HASH = "heldOutHash";

  /** int: length of the user's list; 0 without one. */
  public static final String LISTED = "listed";

  private UserMetrics() {}

  /**
   * The rows, lazy, without a shuffle.
   *
   * @param lists as for {@link TopKEvaluator#report}
   * @param cutOffs each >= 1
   */
  public static Dataset<Row> of(Dataset<Row> lists, List<Integer> cutOffs) {
    StructType schema =
        new StructType()
            .add(USER, DataTypes.StringType, false)
            .add(TRAIN_ROWS, DataTypes.IntegerType, true)
            .add(HELD_OUT, DataTypes.IntegerType, false)
            .add(HELD_OUT_HASH, DataTypes.LongType, false)
            .add(LISTED, DataTypes.IntegerType, false);
    for (int k : cutOffs) {
      for (RankingMetric metric : RankingMetric.values()) {
        schema = schema.add(metric.at(k), DataTypes.DoubleType, false);
      }
    }
    return lists
        .select(
            ListColumns.text(lists, "user"),
            ListColumns.trainRows(lists),
            array_distinct(array_compact(ListColumns.texts(lists, "test"))).as("test"),
            ListColumns.texts(lists, "items"))
        .where(size(col("test")).gt(0))
        .withColumn(HELD_OUT_HASH, xxhash64(array_sort(col("test"))))
        .map(
            new UserFn(cutOffs.stream().mapToInt(Integer::intValue).toArray()),
            Encoders.row(schema));
  }

  /** From user, train rows, distinct held-out items, list, hash. Runs in tasks. */
  private static final class UserFn implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final int[] cutOffs;

    UserFn(int[] cutOffs) {
      this.cutOffs = cutOffs;
    }

    @Override
    public Row call(Row row) {
      Set<String> heldOut = new HashSet<>(row.getList(2));
      List<String> items = row.isNullAt(3) ? List.of() : row.getList(3);
      List<Object> values = new ArrayList<>();
      values.add(row.getString(0));
      values.add(row.get(1));
      values.add(heldOut.size());
      values.add(row.getLong(4));
      values.add(items.size());
      boolean[] hits = RankingMetric.hits(items, heldOut);
      for (int k : cutOffs) {
        for (RankingMetric metric : RankingMetric.values()) {
          values.add(metric.of(hits, heldOut.size(), k));
        }
      }
      return RowFactory.create(values.toArray());
    }
  }
}
