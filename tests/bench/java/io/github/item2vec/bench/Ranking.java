package io.github.item2vec.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.recommend.Seen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Top-K lists of this project beside {@code ALSModel.recommendForAllUsers}, on the same random
 * factors. Started by rank.sh. Arguments: {@code compare USERS ITEMS DIMENSIONS K} or {@code grow
 * ITEMS DIMENSIONS K USERS...}; prints a line a measurement.
 */
final class Ranking {
  private static final int SEEN = 50;
  private static final int WARM_UP = 2_000;

  private final SparkSession spark;
  private final int dimensions;
  private final int k;
  private final Dataset<Row> items;
  private final int itemCount;

  private Ranking(SparkSession spark, int itemCount, int dimensions, int k) {
    this.spark = spark;
    this.itemCount = itemCount;
    this.dimensions = dimensions;
    this.k = k;
    this.items = factors(itemCount, 1).cache();
    this.items.count();
  }

  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    SparkSession spark =
        SparkSession.builder()
            .appName("Ranking")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 8)
            .config("spark.driver.host", "localhost")
            .getOrCreate();
    try (spark) {
      int[] numbers = List.of(args).stream().skip(1).mapToInt(Integer::parseInt).toArray();
      if (args[0].equals("compare")) {
        new Ranking(spark, numbers[1], numbers[2], numbers[3]).compare(numbers[0]);
      } else {
        Ranking ranking = new Ranking(spark, numbers[0], numbers[1], numbers[2]);
        ranking.ours(WARM_UP, Seen.LEAVE_OUT);
        for (int i = 3; i < numbers.length; i++) {
          ranking.ours(numbers[i], Seen.LEAVE_OUT);
        }
      }
    }
  }

  /** Both sides warm up on a few users; then the lists without the seen filter are compared. */
  private void compare(int users) throws ReflectiveOperationException {
    ours(WARM_UP, Seen.LEAVE_OUT);
    als(WARM_UP);
    double ours = ours(users, Seen.LEAVE_OUT);
    double als = als(users);
    System.out.printf(Locale.ROOT, "Ranking: recommendForAllUsers / ours = %.1f%n", als / ours);
    Dataset<Row> theirs =
        model(WARM_UP)
            .recommendForAllUsers(k)
            .select(
                col("user"),
                col("recommendations.item_id").cast("array<string>").as("their_items"),
                col("recommendations.rating").as("their_scores"));
    Row compared =
        new Recommender(k)
            .seen(Seen.KEEP)
            .byProfiles(users(WARM_UP), "features", named())
            .join(theirs, "user")
            .selectExpr(
                "count_if(items <> their_items)",
                "max(array_max(zip_with(scores, their_scores, (a, b) -> abs(a - b))))",
                "max(abs(scores[0]))")
            .first();
    System.out.printf(
        Locale.ROOT,
        "Ranking: of the lists of %,d users, without the seen filter, %d differ in an item or its"
            + " place; scores at the same place differ by at most %.1e (the largest is %.1f)%n",
        WARM_UP,
        compared.getLong(0),
        compared.getFloat(1),
        compared.getFloat(2));
  }

  private double ours(int users, Seen seen) {
    Dataset<Row> known = users(users);
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    double seconds = seconds(new Recommender(k).seen(seen).byProfiles(known, "features", named()));
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    System.out.printf(
        Locale.ROOT,
        "Ranking: ours %,d users x %,d items x %d, top %d, seen %s: %.1f s, %.1f GFLOP/s,"
            + " peak heap %,d MB (of %,d)%n",
        users,
        itemCount,
        dimensions,
        k,
        seen,
        seconds,
        2e-9 * users * itemCount * dimensions / seconds,
        heap >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
    return seconds;
  }

  private double als(int users) throws ReflectiveOperationException {
    double seconds = seconds(model(users).recommendForAllUsers(k));
    System.out.printf(
        Locale.ROOT,
        "Ranking: recommendForAllUsers %,d users: %.1f s, %.1f GFLOP/s%n",
        users,
        seconds,
        2e-9 * users * itemCount * dimensions / seconds);
    return seconds;
  }

  /** Computes every list and keeps none. */
  private static double seconds(Dataset<Row> lists) {
    long start = System.nanoTime();
    lists.write().format("noop").mode("overwrite").save();
    return (System.nanoTime() - start) / 1e9;
  }

  /** A model of these factors: its constructor is Spark's own. */
  private ALSModel model(int users) throws ReflectiveOperationException {
    Constructor<?> constructor =
        List.of(ALSModel.class.getDeclaredConstructors()).stream()
            .filter(c -> c.getParameterCount() == 4)
            .findFirst()
            .orElseThrow();
    constructor.setAccessible(true);
    ALSModel model =
        (ALSModel)
            constructor.newInstance(
                "als",
                dimensions,
                users(users).select(col("user").as("id"), col("features")),
                items);
    return model.setUserCol("user").setItemCol("item_id");
  }

  private Dataset<Row> named() {
    return items.select(col("id").as("item"), col("features").as("vector"));
  }

  /** user, features, context: {@value #SEEN} items; from a file, as a job would have them. */
  private Dataset<Row> users(int count) {
    String path = "target/bench/users-" + count + "x" + dimensions;
    if (!Files.exists(Path.of(path, "_SUCCESS"))) {
      Column seen =
          transform(
              sequence(lit(1), lit(SEEN)),
              i -> pmod(xxhash64(col("id"), i), lit(itemCount)).cast("string"));
      factors(count, 2)
          .select(col("id").as("user"), col("features"), seen.as("context"))
          .write()
          .mode("overwrite")
          .parquet(path);
    }
    return spark.read().parquet(path);
  }

  /** id, features: numbers of about normal law, the same in every run. */
  private Dataset<Row> factors(int count, int seed) {
    Column[] values = new Column[dimensions];
    for (int d = 0; d < dimensions; d++) {
      values[d] =
          hash(col("id"), lit(seed), lit(d))
              .plus(hash(col("id"), lit(seed), lit(d + 10_000)).cast("double"))
              .divide(lit(4e9))
              .cast("float");
    }
    return spark
        .range(0, count, 1, 8)
        .select(expr("cast(id as int)").as("id"))
        .select(col("id"), array(values).as("features"));
  }
}
