package io.github.item2vec.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes lists of 100 ids by the data source and reads them back: all of them, compared with what
 * was written by a sum of hashes, their number, and those of ten users, with the keys that the
 * server looked up for these. Arguments: PORT USERS [LAYOUT ...]. Prints a table for BENCHMARKS.md;
 * each time is the least of the rounds.
 */
final class RedisReads {
  private static final int ITEMS = 1447;
  private static final int LENGTH = 100;
  private static final int ROUNDS = 2;
  private static final String UUID = "format_string('%%08x-0000-4000-8000-%%012x', %1$s, %1$s)";
  private static final String LAYOUTS = "list-text list-binary packed indexed bucketed";
  private static final String DIGEST =
      "concat(count(*), ' ', sum(cast(xxhash64(user, items) as decimal(38))))";

  private final SparkSession spark;
  private final int port;
  private final long users;
  private final Dataset<Row> lists;
  private final String written;

  private RedisReads(SparkSession spark, int port, long users) {
    this.spark = spark;
    this.port = port;
    this.users = users;
    this.lists = lists().cache();
    this.written = lists.selectExpr(DIGEST.replace("items", uuids())).first().getString(0);
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
    RedisReads bench = new RedisReads(spark, Integer.parseInt(args[0]), Long.parseLong(args[1]));
    List<String> layouts =
        args.length > 2
            ? Arrays.asList(args).subList(2, args.length)
            : List.of(LAYOUTS.split(" ", -1));
    System.out.println(
        "| layout | users | written, s | read, s | users/s | counted, s | ten users, s | keys looked up for ten |\n"
            + "|---|---|---|---|---|---|---|---|");
    for (String layout : layouts) {
      bench.measure(layout);
    }
    spark.stop();
  }

  private void measure(String layout) throws IOException {
    said("FLUSHALL");
    double write = seconds(() -> write(layout), 1);
    Dataset<Row> read = read(layout);
    double whole =
        seconds(
            () -> require(written, read.selectExpr(DIGEST).first().getString(0), layout), ROUNDS);
    double counted = seconds(() -> require("" + users, "" + read(layout).count(), layout), ROUNDS);
    String ten =
        LongStream.range(0, 10)
            .mapToObj(n -> UUID.formatted(n * (users / 10)))
            .collect(Collectors.joining(", "));
    long before = lookedUp();
    require("10", "" + read(layout).where("user in (" + ten + ")").collectAsList().size(), layout);
    long keys = lookedUp() - before;
    double some =
        seconds(() -> read(layout).where("user in (" + ten + ")").collectAsList(), ROUNDS);
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %.1f | %.1f | %,.0f | %.1f | %.2f | %d |%n",
        layout,
        users,
        write,
        whole,
        users / whole,
        counted,
        some,
        keys);
  }

  /** As redis_writers.py has them. */
  private Dataset<Row> lists() {
    return spark
        .range(0, users, 1, 4)
        .selectExpr(
            UUID.formatted("id") + " user",
            "transform(sequence(0, %d), i -> cast(i * (xxhash64(id) %% 700 + 701) %% %d as string)) items"
                .formatted(LENGTH - 1, ITEMS));
  }

  /** The items of a list by the catalogue, which is a constant of the plan. */
  private static String uuids() {
    String catalogue =
        IntStream.range(0, ITEMS)
            .mapToObj("'%1$08x-0000-4000-8000-%1$012x'"::formatted)
            .collect(Collectors.joining(", "));
    return "transform(items, i -> element_at(array(%s), cast(i as int) + 1))".formatted(catalogue);
  }

  private void write(String layout) {
    spark
        .range(ITEMS)
        .selectExpr("cast(id as string) id", UUID.formatted("id") + " uuid")
        .createOrReplaceTempView("catalogue");
    lists
        .write()
        .format("item2vec-redis")
        .mode(SaveMode.Overwrite)
        .option("target", "127.0.0.1:" + port)
        .option("layout", layout)
        .option("catalogue", "catalogue")
        .option("expected-users", users)
        .save();
  }

  private Dataset<Row> read(String layout) {
    return spark
        .read()
        .format("item2vec-redis")
        .option("target", "127.0.0.1:" + port)
        .option("layout", layout)
        .load();
  }

  private static double seconds(Runnable work, int rounds) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      work.run();
      least = Math.min(least, (System.nanoTime() - start) / 1e9);
    }
    return least;
  }

  private static void require(String expected, String found, String layout) {
    if (!expected.equals(found)) {
      throw new AssertionError("%s: %s was written, %s read".formatted(layout, expected, found));
    }
  }

  /** Keys that the server has looked for, there or not, since it started. */
  private long lookedUp() throws IOException {
    return said("INFO stats")
        .lines()
        .filter(line -> line.matches("keyspace_(hits|misses):\\d+"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .sum();
  }

  /** One command, over a connection of its own. */
  private String said(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader reply =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return reply.lines().collect(Collectors.joining("\n"));
    }
  }
}
