package io.github.item2vec.item2vec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The items that get a vector, by falling count, ties by id, and their counts. Broadcast. */
final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] items;
  private final long[] counts;
  private final HashMap<String, Integer> indices;

  Vocabulary(String[] items, long[] counts) {
    this.items = items;
    this.counts = counts;
    this.indices = new HashMap<>(items.length * 2);
    for (int i = 0; i < items.length; i++) {
      indices.put(items[i], i);
    }
  }

  /**
   * Counts the items of all sequences: one shuffle by item, then the vocabulary comes to the
   * driver.
   *
   * @throws IllegalArgumentException when fewer than one item reaches minCount
   */
  static Vocabulary count(Dataset<?> sequences, Column items, int minCount) {
    Dataset<Row> counted =
        sequences
            .select(explode(items).as("item"))
            .where(col("item").isNotNull())
            .groupBy("item")
            .agg(functions.count(lit(1)).as("count"));
    List<Row> rows =
        counted
            .where(col("count").geq(minCount))
            .orderBy(col("count").desc(), col("item"))
            .collectAsList();
    if (rows.isEmpty()) {
      Row all = counted.agg(functions.count(lit(1)), max("count")).first();
      throw new IllegalArgumentException(
          "no item occurs minCount = %d times: %d distinct items, the most frequent %d times"
              .formatted(minCount, all.getLong(0), all.isNullAt(1) ? 0 : all.getLong(1)));
    }
    return new Vocabulary(
        rows.stream().map(row -> row.getString(0)).toArray(String[]::new),
        rows.stream().mapToLong(row -> row.getLong(1)).toArray());
  }

  int size() {
    return items.length;
  }

  String[] items() {
    return items;
  }

  long[] counts() {
    return counts;
  }

  /** Index of an item, or -1. */
  int indexOf(String item) {
    return indices.getOrDefault(item, -1);
  }

  /** Indices of the known items, in order; the unknown ones and nulls are dropped. */
  int[] encode(List<String> sequence) {
    return sequence.stream().mapToInt(this::indexOf).filter(i -> i >= 0).toArray();
  }
}
