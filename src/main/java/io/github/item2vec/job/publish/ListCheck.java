package io.github.item2vec.job.publish;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.PublishedGenerations.Expected;
import io.github.item2vec.redis.generation.PublishedGenerations.Kind;
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
   * Reads every user's list back.
   *
   * @return how many there are
   * @throws RedisException when readers get another list or none
   */
  long require(ValueLayout layout) {
    return require(
        layout, Kind.USERS, SavedLists.open(spark, output).lists(), "recommendations", "users");
  }

  /**
   * Reads every list of similar items back, as {@link #require}.
   *
   * @return how many there are; 0 when none are published, which is right where none are asked for
   */
  long requireSimilar(ValueLayout layout) {
    return SimilarLists.open(spark, output, config.similarItems())
        .map(lists -> lists.withColumnRenamed(SimilarLists.ITEM, Recommendations.USER))
        .map(lists -> require(layout, Kind.SIMILAR_ITEMS, lists, RunRecord.SIMILAR, "items"))
        .orElse(0L);
  }

  /**
   * @param whose the mapping of those whose lists they are
   */
  private long require(
      ValueLayout layout, Kind kind, Dataset<Row> saved, String directory, String whose) {
    Map<String, UUID> items = new HashMap<>();
    mapping("items")
        .collectAsList()
        .forEach(row -> items.put(row.getString(0), UUID.fromString(row.getString(1))));
    Dataset<Row> lists =
        PublishedIds.withUuids(
            saved.select(Recommendations.USER, Recommendations.ITEMS), mapping(whose));
    PublishedGenerations published = new PublishedGenerations(target, config.prefix());
    List<String> differing =
        lists
            .mapPartitions(differing(published, layout, kind, Map.copyOf(items)), Encoders.STRING())
            .takeAsList(EXAMPLES);
    if (!differing.isEmpty()) {
      throw new RedisException(
          "readers of %s on %s get other lists than %s/%s, for the %s %s: another run's are published, or they were changed"
              .formatted(layout, target, output, directory, whose, differing));
    }
    return lists.count();
  }

  private static MapPartitionsFunction<Row, String> differing(
      PublishedGenerations published, ValueLayout layout, Kind kind, Map<String, UUID> items) {
    return rows ->
        published.differing(layout, kind, expected(rows, items)).stream()
            .map(list -> list.owner().toString())
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
