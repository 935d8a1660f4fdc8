package io.github.item2vec.job.publish;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.PublishedGenerations.Expected;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares what readers get with {@code OUTPUT/recommendations}, list by list, in tasks of their
 * own connections; the driver sees the users that differ, at most {@value #EXAMPLES} of them.
 */
final class ListCheck {
  private static final int EXAMPLES = 5;

  private final SparkSession spark;
  private final Publish config;
  private final RedisTarget target;
  private final String output;

  ListCheck(SparkSession spark, Publish config, RedisTarget target, String output) {
    this.spark = spark;
    this.config = config;
    this.target = target;
    this.output = output;
  }

  /**
   * Reads every list back.
   *
   * @return how many there are
   * @throws RedisException when readers get another list or none
   */
  long require(ValueLayout layout) {
    Map<String, UUID> items = new HashMap<>();
    mapping("items")
        .collectAsList()
        .forEach(row -> items.put(row.getString(0), UUID.fromString(row.getString(1))));
    Dataset<Row> lists =
        PublishedIds.withUuids(
            SavedLists.open(spark, output)
                .lists()
                .select(Recommendations.USER, Recommendations.ITEMS),
            mapping("users"));
    List<String> differing =
        lists
            .mapPartitions(
                differing(
                    new PublishedGenerations(target, config.prefix()), layout, Map.copyOf(items)),
                Encoders.STRING())
            .takeAsList(EXAMPLES);
    if (!differing.isEmpty()) {
      throw new RedisException(
          "readers of %s on %s get other lists than %s/recommendations, for the users %s: another run's are published, or they were changed"
              .formatted(layout, target, output, differing));
    }
    return lists.count();
  }

  private static MapPartitionsFunction<Row, String> differing(
      PublishedGenerations published, ValueLayout layout, Map<String, UUID> items) {
    return rows ->
        published.differing(layout, expected(rows, items)).stream()
            .map(list -> list.user().toString())
            .iterator();
  }

  private static Iterator<Expected> expected(Iterator<Row> rows, Map<String, UUID> items) {
    Iterable<Row> once = () -> rows;
    return StreamSupport.stream(once.spliterator(), false)
        .map(
            row ->
                new Expected(
                    UUID.fromString(row.getAs(Recommendations.USER)),
                    row.<String>getList(row.fieldIndex(Recommendations.ITEMS)).stream()
                        .map(items::get)
                        .toList()))
        .iterator();
  }

  private Dataset<Row> mapping(String name) {
    return PublishedList.mapping(spark, output, name);
  }
}
