package io.github.item2vec.baseline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.ProfileRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What follows what, and nothing else: a first-order Markov chain over the last items of a context,
 * smoothed, with a bonus for rare items. An item j within three places after item i counts 1 /
 * distance; the score of j is the sum over the last 15 items i, weighted by {@link Recency}, of
 * log(1 + 500 C_ij / (r_i + 15) sqrt(q_j)), with r_i the row sums, c_j the column sums + 3 and q_j
 * = sum(c) / (c_j items). The 50 best per item are kept. Cost: four shuffles of three rows per item
 * of a user; the driver holds the table.
 */
public final class FollowingItems {
  private static final int WINDOW = 3;
  private static final int MOST = 50;
  private static final StructType PAIRS =
      new StructType()
          .add("i", DataTypes.StringType, false)
          .add("j", DataTypes.StringType, false)
          .add("n", DataTypes.DoubleType, false);

  private FollowingItems() {}

  /**
   * Counts.
   *
   * @param users rows with one array of string column of items, oldest first
   */
  public static ItemVectors count(Dataset<Row> users, String itemsCol) {
    Dataset<Row> pairs =
        users
            .select(itemsCol)
            .flatMap((FlatMapFunction<Row, Row>) FollowingItems::pairs, Encoders.row(PAIRS))
            .groupBy("i", "j")
            .agg(sum("n").as("n"));
    Dataset<Row> rows = pairs.groupBy("i").agg(sum("n").as("r"));
    Dataset<Row> columns = pairs.groupBy("j").agg(sum("n").plus(3).as("c"));
    List<String> items =
        users
            .selectExpr("explode(" + itemsCol + ") as item")
            .distinct()
            .orderBy("item")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    Row totals = columns.agg(sum("c"), count_distinct(col("j"))).first();
    double whole =
        (totals.isNullAt(0) ? 0 : totals.getDouble(0)) + 3.0 * (items.size() - totals.getLong(1));
    Column rareness = sqrt(lit(whole).divide(col("c").multiply(items.size())));
    Column value = log1p(col("n").multiply(500).divide(col("r").plus(15)).multiply(rareness));
    List<Row> entries =
        pairs
            .where(col("i").notEqual(col("j")))
            .join(rows, "i")
            .join(columns, "j")
            .select(col("i"), col("j"), value.as("t"))
            .withColumn(
                "rank", row_number().over(Window.partitionBy("i").orderBy(desc("t"), col("j"))))
            .where(col("rank").leq(MOST))
            .orderBy("i", "j")
            .collectAsList();
    return vectors(items, entries);
  }

  private static Iterator<Row> pairs(Row row) {
    List<String> items = row.getList(0);
    List<Row> pairs = new ArrayList<>();
    for (int t = 1; t < items.size(); t++) {
      for (int s = Math.max(0, t - WINDOW); s < t; s++) {
        pairs.add(RowFactory.create(items.get(s), items.get(t), 1.0 / (t - s)));
      }
    }
    return pairs.iterator();
  }

  /** Vectors of one zero: all of the score comes from the table. */
  private static ItemVectors vectors(List<String> items, List<Row> entries) {
    Map<String, Integer> index = new HashMap<>();
    items.forEach(item -> index.put(item, index.size()));
    int[] starts = new int[items.size() + 1];
    entries.forEach(entry -> starts[index.get(entry.getString(0)) + 1]++);
    for (int item = 0; item < items.size(); item++) {
      starts[item + 1] += starts[item];
    }
    int[] columns = entries.stream().mapToInt(entry -> index.get(entry.getString(1))).toArray();
    float[] values = new float[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) entries.get(i).getDouble(2);
    }
    float[] zeros = new float[items.size()];
    return new ItemVectors(items, 1, zeros, Arrays.copyOf(zeros, zeros.length))
        .under(
            new ProfileRule(
                Recency.weights(),
                0,
                new ItemTable(starts, columns, values),
                ItemTable.empty(items.size())));
  }
}
