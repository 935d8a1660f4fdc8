package io.github.item2vec.job.publish;

import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads one user's list back out of Redis, through the id mapping that the run has written; without
 * Spark. Driver only.
 */
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
      Configuration hadoop,
      RedisTarget target,
      ValueLayout layout,
      String prefix,
      String output,
      String user) {
    String users = directory(hadoop, output, "users");
    UUID uuid =
        SavedIds.uuid(hadoop, users, user)
            .orElseThrow(() -> new BadInputException("no user '%s' in %s".formatted(user, users)));
    Map<UUID, String> items = SavedIds.ids(hadoop, directory(hadoop, output, "items"));
    List<UUID> list = new PublishedGenerations(target, prefix).list(layout, uuid);
    if (list.isEmpty()) {
      throw new BadInputException(
          "user '%s' (%s) has no %s list with prefix '%s' in %s"
              .formatted(user, uuid, layout, prefix, target));
    }
    return named(list, items);
  }

  /**
   * The ids of an item's similar items, the nearest first.
   *
   * @throws BadInputException when there is no mapping, the item is not in it, or Redis holds no
   *     list
   * @throws io.github.item2vec.redis.server.RedisException when similar items were not published
   */
  public static List<String> similar(
      Configuration hadoop,
      RedisTarget target,
      ValueLayout layout,
      String prefix,
      String output,
      String item) {
    String directory = directory(hadoop, output, "items");
    UUID uuid =
        SavedIds.uuid(hadoop, directory, item)
            .orElseThrow(
                () -> new BadInputException("no item '%s' in %s".formatted(item, directory)));
    List<UUID> list = new PublishedGenerations(target, prefix).similar(layout, uuid);
    if (list.isEmpty()) {
      throw new BadInputException(
          "item '%s' (%s) has no %s list of similar items with prefix '%s' in %s: the model has no vector of it, or nothing is published"
              .formatted(item, uuid, layout, prefix, target));
    }
    return named(list, SavedIds.ids(hadoop, directory));
  }

  private static List<String> named(List<UUID> list, Map<UUID, String> items) {
    return list.stream().map(id -> items.getOrDefault(id, id.toString())).toList();
  }

  /** The mapping that a publish has written. */
  static Dataset<Row> mapping(SparkSession spark, String output, String name) {
    String directory = directory(spark.sessionState().newHadoopConf(), output, name);
    return SavedTable.reading(
        directory, () -> SavedTable.reader(spark).parquet(directory).select("id", "uuid"));
  }

  private static String directory(Configuration hadoop, String output, String name) {
    String directory = SavedIds.directory(output, name);
    if (!SavedIds.exists(hadoop, directory)) {
      throw new BadInputException(
          "no id mapping in %s: has a run published from this --output?".formatted(directory));
    }
    return directory;
  }
}
