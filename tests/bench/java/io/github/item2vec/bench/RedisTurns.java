package io.github.item2vec.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes lists of 100 ids by the data source when told to, for redis_versions.py: a line {@code
 * USERS key=value ...} of the standard input is a write with these options, answered with its
 * seconds and this process's CPU seconds. Knows the data source's options alone, so that it runs
 * with any version's jar.
 */
final class RedisTurns {
  private static final int ITEMS = 1447;
  private static final int LENGTH = 100;

  private final SparkSession spark;
  private final Map<Long, Dataset<Row>> lists = new HashMap<>();

  private RedisTurns(SparkSession spark) {
    this.spark = spark;
  }

  public static void main(String[] unused) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .appName("item2vec bench")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    RedisTurns turns = new RedisTurns(spark);
    spark
        .range(ITEMS)
        .selectExpr("cast(id as string) id", uuid("id") + " uuid")
        .cache()
        .createOrReplaceTempView("catalogue");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        turns.write(List.of(line.split(" ", -1)));
      }
    }
    spark.stop();
  }

  private void write(List<String> words) {
    long users = Long.parseLong(words.get(0));
    Map<String, String> options = new HashMap<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      options.put(word.substring(0, equals), word.substring(equals + 1));
    }
    Dataset<Row> rows = lists.computeIfAbsent(users, this::lists);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    rows.write()
        .format("redis") // the name that earlier versions have too
        .mode(SaveMode.Overwrite)
        .option("catalogue", "catalogue")
        .option("expected-users", users)
        .options(options)
        .save();
    System.out.printf(
        Locale.ROOT,
        "seconds %.3f %.3f%n",
        (System.nanoTime() - start) / 1e9,
        (process.getProcessCpuTime() - cpu) / 1e9);
  }

  /** As redis_writers.py has them, cached. */
  private Dataset<Row> lists(long users) {
    Dataset<Row> rows =
        spark
            .range(0, users, 1, 4)
            .selectExpr(
                uuid("id") + " user",
                "transform(sequence(0, %d), i -> cast(i * (xxhash64(id) %% 700 + 701) %% %d as string)) items"
                    .formatted(LENGTH - 1, ITEMS))
            .cache();
    rows.count();
    return rows;
  }

  private static String uuid(String number) {
    return "format_string('%%08x-0000-4000-8000-%%012x', %1$s, %1$s)".formatted(number);
  }
}
