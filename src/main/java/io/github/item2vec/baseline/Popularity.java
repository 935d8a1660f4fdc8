package io.github.item2vec.baseline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.github.item2vec.recommend.PopularItems;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Counts items over the train part. Driver; one shuffle by item, then catalogue-many rows come
 * back.
 */
public final class Popularity {
  private Popularity() {}

  /**
   * The items of a column by falling count, ties by id.
   *
   * @param users rows with one array&lt;string&gt; column of items
   * @param itemsCol its name
   */
  public static PopularItems count(Dataset<Row> users, String itemsCol) {
    Column item = col("item");
    List<Row> rows =
        users
            .select(explode(col(itemsCol)).as("item"))
            .groupBy(item)
            .agg(functions.count(lit(1)).as("count"))
            .orderBy(col("count").desc(), item)
            .collectAsList();
    return new PopularItems(
        rows.stream().map(row -> row.getString(0)).toList(),
        rows.stream().mapToLong(row -> row.getLong(1)).toArray());
  }
}
