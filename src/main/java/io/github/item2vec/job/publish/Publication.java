package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.config.Word;
import io.github.item2vec.job.run.Published;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.RedisDataSource;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.RedisOptions;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.generation.UsersShare;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The publish stage: the id mapping, then each layout; or nothing when there is no target. */
public final class Publication {
  /** The column that the data source tells items' lists by. */
  private static final String SIMILAR = "similar";

  private final SparkSession spark;
  private final Publish config;
  private final Optional<RedisTarget> target;
  private final RunOutput output;

  public Publication(
      SparkSession spark, Publish config, Optional<RedisTarget> target, RunOutput output) {
    this.spark = spark;
    this.config = config;
    this.target = target;
    this.output = output;
  }

  /** A quick check before any work: reachable, authenticated, a master that takes writes. */
  public void preflight() {
    preflight(target, config);
  }

  static void preflight(Optional<RedisTarget> target, Publish config) {
    target.ifPresent(server -> RedisServerCheck.require(server, config.prefix()));
  }

  /**
   * Looks whether the lists fit, all layouts together.
   *
   * @throws io.github.item2vec.redis.server.RedisException when they do not
   */
  public void requireRoom(long users, int items, int k) {
    Forecast forecast = Forecast.of(config, users, Math.min(k, items), items, items);
    long bytes = Layouts.of(config).stream().mapToLong(forecast::bytes).sum();
    target.ifPresent(server -> RedisServerCheck.requireRoom(server, bytes));
  }

  public String description() {
    return target
        .map(
            t -> String.join(", ", config.layouts().stream().map(Word::word).toList()) + " to " + t)
        .orElse("nowhere");
  }

  /**
   * Writes the lists in every layout, each as a new generation.
   *
   * @param quality of the lists, which the next run's gate compares with; NaN when unknown
   * @param runId a run that has published already publishes nothing again
   * @param similar the lists of {@link SimilarLists}, to be published with them; empty for none
   */
  public Published publish(
      String runId,
      double quality,
      Dataset<Row> lists,
      Optional<Dataset<Row>> similar,
      List<String> catalogue) {
    if (target.isEmpty()) {
      return Published.NOWHERE;
    }
    List<Published.Layout> layouts = new ArrayList<>();
    try (PublishedIds ids = PublishedIds.write(spark, config, written(lists), catalogue, output)) {
      Map<String, String> counts = counts(lists, similar);
      requireUsers(Long.parseLong(counts.get(RedisOptions.USERS)));
      Dataset<Row> all = similar.map(items -> together(ids.lists(), items)).orElseGet(ids::lists);
      for (ValueLayout layout : Layouts.of(config)) {
        all.write()
            .format(RedisDataSource.NAME)
            .mode(SaveMode.Overwrite)
            .options(options(layout, runId, quality))
            .options(counts)
            .save();
        layouts.add(
            Published.Layout.of(
                target.get().toString(),
                layout.toString(),
                config.prefix(),
                new PublishedGenerations(target.get(), config.prefix()).report(layout, runId)));
      }
    }
    return new Published(layouts);
  }

  /** In all layouts before the first is written. */
  private void requireUsers(long users) {
    new UsersShare(target.orElseThrow(), config.prefix(), config.minUsersShare())
        .require(Layouts.of(config), users);
  }

  private static Map<String, String> counts(Dataset<Row> lists, Optional<Dataset<Row>> similar) {
    Column some = size(col(Recommendations.ITEMS)).gt(0);
    long items = similar.map(rows -> rows.where(some).count()).orElse(0L);
    return Map.of(
        RedisOptions.USERS, Long.toString(lists.where(some).count()),
        RedisOptions.SIMILAR, Long.toString(items));
  }

  /** Users' lists and, in rows that say so, those of similar items. */
  private Dataset<Row> together(Dataset<Row> users, Dataset<Row> similar) {
    Dataset<Row> items =
        written(similar.withColumnRenamed(SimilarLists.ITEM, Recommendations.USER))
            .withColumn(SIMILAR, lit(true));
    return users.withColumn(SIMILAR, lit(false)).unionByName(items);
  }

  private Dataset<Row> written(Dataset<Row> lists) {
    return config.scores()
        ? lists.select(Recommendations.USER, Recommendations.ITEMS, Recommendations.SCORES)
        : lists.select(Recommendations.USER, Recommendations.ITEMS);
  }

  private Map<String, String> options(ValueLayout layout, String runId, double quality) {
    RedisTarget server = target.orElseThrow();
    Map<String, String> options = new LinkedHashMap<>();
    options.put(RedisOptions.TARGET, server.withUser("").withPassword("").toString());
    options.put(RedisOptions.USER, server.user());
    options.put(RedisOptions.PASSWORD, server.password());
    options.put(RedisOptions.TIMEOUT, Integer.toString(server.timeoutMillis()));
    options.put(RedisOptions.LAYOUT, layout.toString());
    options.put(RedisOptions.PREFIX, config.prefix());
    options.put(RedisOptions.TTL, Long.toString(config.ttl().toSeconds()));
    options.put(RedisOptions.KEEP, Integer.toString(config.keep()));
    options.put(RedisOptions.MIN_USERS_SHARE, Double.toString(config.minUsersShare()));
    options.put(RedisOptions.RUN, runId);
    options.put(RedisOptions.COMPACT_BYTES, Integer.toString(config.hashMaxListpackValue()));
    options.put(RedisOptions.RATE, Integer.toString(config.maxUsersPerSecond()));
    options.put(RedisOptions.CONNECTIONS, Integer.toString(config.maxConnections()));
    config.tls().ca().ifPresent(file -> options.put(RedisOptions.TLS_CA, file));
    config.tls().certificate().ifPresent(file -> options.put(RedisOptions.TLS_CERTIFICATE, file));
    config.tls().key().ifPresent(file -> options.put(RedisOptions.TLS_KEY, file));
    if (!Double.isNaN(quality)) {
      options.put(RedisOptions.QUALITY, Double.toString(quality));
    }
    options.put(RedisOptions.SCORES, Boolean.toString(config.scores() && layout.holdsScores()));
    options.put(RedisOptions.CATALOGUE, PublishedIds.table(output.toString(), "items"));
    return options;
  }
}
