package io.github.item2vec.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import com.sun.management.OperatingSystemMXBean;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.Publication;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Publishes cached lists as a run does, into an embedded Redis that is new each time; prints a line
 * of JSON a time. Arguments: USERS ROUNDS. Each round: one layout, three, and three by a table of
 * the user's own UUIDs.
 */
final class PublishLists {
  private static final int ITEMS = 1447;
  private static final List<String> CATALOGUE =
      IntStream.range(0, ITEMS).mapToObj(String::valueOf).toList();

  private final SparkSession spark;
  private final Path directory;
  private final Dataset<Row> lists;

  private PublishLists(SparkSession spark, Path directory, Dataset<Row> lists) {
    this.spark = spark;
    this.directory = directory;
    this.lists = lists;
  }

  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .appName("item2vec bench")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    try (spark) {
      Dataset<Row> lists =
          spark
              .range(0, Long.parseLong(args[0]), 1, 4)
              .selectExpr("cast(id as string) as user", list() + " as items")
              .cache();
      lists.count();
      Path directory = Files.createTempDirectory("item2vec-publish");
      PublishLists bench = new PublishLists(spark, directory, lists);
      String table = bench.userIds();
      for (int round = 0; round < Integer.parseInt(args[1]); round++) {
        bench.publish("bucketed", "");
        bench.publish("packed,indexed,bucketed", "");
        bench.publish("packed,indexed,bucketed", table);
      }
    }
  }

  /** 100 items of the catalogue, as redis_writers.py has them. */
  private static String list() {
    return "transform(sequence(0, 99), i -> cast(i * (xxhash64(id) %% 700 + 701) %% %d as string))"
        .formatted(ITEMS);
  }

  private String userIds() {
    String table = directory.resolve("users").toString();
    lists
        .select(
            col("user").as("id"),
            expr("format_string('00000000-0000-4000-8000-%012x', cast(user as bigint))").as("uuid"))
        .write()
        .parquet(table);
    return table;
  }

  private void publish(String layouts, String userIds) {
    JobConfig config =
        ConfigLoader.load(
                List.of(),
                List.of(
                    "publish.layout=" + layouts,
                    "publish.hash-max-listpack-value=256",
                    "publish.user-ids=" + (userIds.isEmpty() ? "null" : userIds)))
            .jobConfig();
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        RunOutput output =
            RunOutput.open(spark.sessionState().newHadoopConf(), directory.toString(), "bench")) {
      Publication publication =
          new Publication(spark, config.publish(), Optional.of(redis.target()), output);
      long cpu = process.getProcessCpuTime();
      long start = System.nanoTime();
      publication.publish(
          UUID.randomUUID().toString(), Double.NaN, lists, Optional.empty(), CATALOGUE);
      System.out.printf(
          Locale.ROOT,
          "{\"layouts\": \"%s\", \"own ids\": %s, \"seconds\": %.2f, \"cpu\": %.2f}%n",
          layouts,
          !userIds.isEmpty(),
          (System.nanoTime() - start) / 1e9,
          (process.getProcessCpuTime() - cpu) / 1e9);
    }
  }
}
