package io.github.item2vec.redis;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lower;

import io.github.item2vec.files.SavedTable;
import io.github.item2vec.redis.generation.Slice;
import io.github.item2vec.redis.layout.IdNames;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tables {@code users} and {@code items} (Parquet: id, uuid) that a run has written into the
 * directory {@code ids} of its output. Driver only.
 */
final class RunIds {
  static final String USERS = "users";
  static final String ITEMS = "items";

  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.StringType).add("uuid", DataTypes.StringType);

  private final SparkSession spark;
  private final String directory;

  RunIds(SparkSession spark, String directory) {
    this.spark = spark;
    this.directory = directory;
  }

  /** The users of these ids, where the table has them; the rows of others are not read. */
  List<Slice.User> users(Collection<String> ids) {
    String path = path(USERS);
    return SavedTable.reading(
            path, () -> table(path).where(col("id").isin(ids.toArray())).collectAsList())
        .stream()
        .map(row -> new Slice.User(UUID.fromString(row.getString(1)), row.getString(0)))
        .distinct()
        .toList();
  }

  /**
   * A whole table, of which the driver holds few bytes more than the ids have.
   *
   * @throws IllegalArgumentException when it holds too many, or something else than ids and UUIDs
   */
  IdNames names(String table) {
    String path = path(table);
    return SavedTable.reading(
        path,
        () -> {
          try {
            return IdNames.of(table(path).orderBy("uuid").toLocalIterator());
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "redis: the ids in %s cannot be used (%s): leave option 'ids' out and join what is read with that table"
                    .formatted(path, e.getMessage()),
                e);
          }
        });
  }

  private Dataset<Row> table(String path) {
    return SavedTable.reader(spark)
        .schema(SCHEMA)
        .parquet(path)
        .select(col("id"), lower(col("uuid")).as("uuid"));
  }

  private String path(String table) {
    return new Path(directory, table).toString();
  }
}
