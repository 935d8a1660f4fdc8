package io.github.item2vec.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import com.sun.management.OperatingSystemMXBean;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.data.RatingsSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Reads ratings into one history a user and counts them, ours or by Spark's csv reader and groupBy;
 * prints a line of JSON a round, the first of which is cold. Arguments: RATINGS, then a side (ours,
 * spark) a round. Both keep what they read and count what they kept.
 */
final class ReadRatings {
  private static final double MIN_RATING = 4;

  private ReadRatings() {}

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
      for (String side : Arrays.copyOfRange(args, 1, args.length)) {
        timed(
            side, side.equals("spark") ? () -> spark(spark, args[0]) : () -> ours(spark, args[0]));
      }
    }
  }

  private static void timed(String side, Supplier<String> read) {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    String found = read.get();
    System.out.printf(
        Locale.ROOT,
        "{\"side\": \"%s\", \"seconds\": %.1f, \"cpu\": %.1f, %s}%n",
        side,
        (System.nanoTime() - start) / 1e9,
        (process.getProcessCpuTime() - cpu) / 1e9,
        found);
  }

  private static String ours(SparkSession spark, String path) {
    RatingsSource source =
        new RatingsSource(
            path, RatingsSource.Format.TSV, RatingsSource.Order.TIMESTAMP, MIN_RATING, 0, 5, 0.5);
    try (Ratings ratings = Ratings.read(spark, source)) {
      return "\"users\": %d, \"kept\": %d, \"items\": %d, \"partitions\": %d"
          .formatted(
              ratings.users(),
              ratings.kept(),
              ratings.items(),
              ratings.histories().javaRDD().getNumPartitions());
    }
  }

  private static String spark(SparkSession spark, String path) {
    Dataset<Row> histories =
        spark
            .read()
            .schema("user string, item string, rating double, timestamp double")
            .option("sep", "\t")
            .csv(path)
            .where(col("rating").geq(MIN_RATING))
            .groupBy("user")
            .agg(sort_array(collect_list(struct("timestamp", "item"))).as("history"))
            .select(col("user"), col("history.item").as("items"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row counts =
          histories.agg(sum(size(col("items"))), sum(col("user").isNotNull().cast("int"))).first();
      return "\"users\": %d, \"kept\": %d".formatted(counts.getLong(1), counts.getLong(0));
    } finally {
      histories.unpersist();
    }
  }
}
