package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;

import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads one user's list back out of Redis, through the id mapping that the run has written. */
public final class PublishedList {
  private PublishedList() {}

  /**
   * The item ids of the list, best first.
   *
   * @param output the run's output directory, which holds {@code ids/}
   * @throws BadInputException when there is no mapping, the user is not in it, or Redis holds no
   *     list
   */
  public static List<String> read(
      SparkSession spark,
      RedisTarget target,
      ValueLayout layout,
      String prefix,
      String output,
      String user) {
    List<Row> found =
        rows(output, "users", mapping(spark, output, "users").where(col("id").equalTo(user)));
    if (found.isEmpty()) {
      throw new BadInputException(
          "no user '%s' in %s".formatted(user, PublishedIds.directory(output, "users")));
    }
    UUID uuid = UUID.fromString(found.get(0).getString(1));
    Map<UUID, String> items = new HashMap<>();
    rows(output, "items", mapping(spark, output, "items"))
        .forEach(row -> items.put(UUID.fromString(row.getString(1)), row.getString(0)));
    List<UUID> list = new PublishedGenerations(target, prefix).list(layout, uuid);
    if (list.isEmpty()) {
      throw new BadInputException(
          "user '%s' (%s) has no %s list with prefix '%s' in %s"
              .formatted(user, uuid, layout, prefix, target));
    }
    return list.stream().map(id -> items.getOrDefault(id, id.toString())).toList();
  }

  private static List<Row> rows(String output, String name, Dataset<Row> mapping) {
    return SavedTable.reading(PublishedIds.directory(output, name), mapping::collectAsList);
  }

  /** The mapping that a publish has written. */
  static Dataset<Row> mapping(SparkSession spark, String output, String name) {
    String directory = PublishedIds.directory(output, name);
    if (!PublishedIds.exists(spark, directory)) {
      throw new BadInputException(
          "no id mapping in %s: has a run published from this --output?".formatted(directory));
    }
    return SavedTable.reading(
        directory, () -> SavedTable.reader(spark).parquet(directory).select("id", "uuid"));
  }
}
