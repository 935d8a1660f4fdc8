package io.github.item2vec.train;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.files.DamagedException;
import io.github.item2vec.files.RowDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the tables of a saved model must be: the rows that were saved, by count and digest where the
 * metadata has them, one for each item without a gap, vectors of one length, numbers. One job a
 * table, which reads it once. Driver only.
 */
final class ModelCheck {
  private static final String LEAST = "least";
  private static final String MOST = "most";
  private static final String BAD = "bad";

  private final String path;
  private final Map<String, RowDigest> saved;

  /**
   * @param path of the model, for messages
   * @param saved digests by table; empty for a model of a version that had none
   */
  ModelCheck(String path, Map<String, RowDigest> saved) {
    this.path = path;
    this.saved = saved;
  }

  /**
   * What data/ holds.
   *
   * @param items rows
   * @param vectorSize length of each vector
   */
  record Size(int items, int vectorSize) {}

  /**
   * Checks data/.
   *
   * @throws DamagedException when it is not whole
   */
  Size data(Dataset<Row> rows) {
    List<Column> aggregates = new ArrayList<>(Arrays.asList(RowDigest.columns(rows.columns())));
    Column input = size(col("input"));
    Column output = size(col("output"));
    aggregates.add(min(input).as(LEAST));
    aggregates.add(max(input).as(MOST));
    aggregates.add(min(output).as("leastOutput"));
    aggregates.add(max(output).as("mostOutput"));
    aggregates.add(
        count_if(not(coalesce(finite("input").and(finite("output")), lit(false)))).as(BAD));
    Row found = RowDigest.aggregate(rows, aggregates.toArray(Column[]::new));
    RowDigest digest = RowDigest.of(found);
    requireSaved("data", digest);
    if (digest.rows() == 0) {
      throw damaged("data", "has no rows");
    }
    int vectorSize = found.<Integer>getAs(LEAST);
    if (found.<Integer>getAs(MOST) != vectorSize
        || found.<Integer>getAs("leastOutput") != vectorSize
        || found.<Integer>getAs("mostOutput") != vectorSize) {
      throw damaged("data", "has vectors of different lengths");
    }
    if (found.<Long>getAs(BAD) > 0) {
      throw damaged(
          "data",
          "has NaN, infinite or missing numbers in %d rows".formatted(found.<Long>getAs(BAD)));
    }
    requireNoGap("data", rows, digest.rows());
    return new Size(Math.toIntExact(digest.rows()), vectorSize);
  }

  private static Column finite(String vector) {
    return forall(col(vector), value -> abs(value).leq(lit(Float.MAX_VALUE)));
  }

  /** Checks a table that has a row an item. */
  void itemTable(String name, Dataset<Row> rows, int items) {
    requireSaved(name, RowDigest.of(rows));
    requireNoGap(name, rows, items);
  }

  /** The indices are 0, 1, ... to the number of items: their digest is that of a range. */
  private void requireNoGap(String name, Dataset<Row> rows, long items) {
    SparkSession spark = rows.sparkSession();
    Dataset<Row> range = spark.range(items).select(col("id").cast("int").as("index"));
    if (!RowDigest.of(rows.select("index")).equals(RowDigest.of(range))) {
      throw damaged(name, "has gaps or repeats in its row numbers, 0 to %d".formatted(items - 1));
    }
  }

  /** Checks a table against the metadata. */
  void requireSaved(String name, RowDigest found) {
    RowDigest expected = saved.get(name);
    if (expected != null && !expected.equals(found)) {
      throw damaged(
          name,
          expected.rows() == found.rows()
              ? "has other rows than were saved, by their digest"
              : "has %d rows of %d".formatted(found.rows(), expected.rows()));
    }
  }

  /** Whether the metadata says that there is such a table; true when it says nothing. */
  boolean expects(String name) {
    return saved.isEmpty() || saved.containsKey(name);
  }

  boolean isSilent() {
    return saved.isEmpty();
  }

  private DamagedException damaged(String name, String what) {
    return new DamagedException(
        "the model in %s is damaged: %s/ %s; restore it, or train again"
            .formatted(path, name, what));
  }
}
