package io.github.item2vec.bench;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.recommend.Recommender;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Top-K lists by plain means and under a rule with weights by lag and two full tables, in turns.
 * Started by rank.sh. Arguments: USERS ITEMS DIMENSIONS K.
 */
final class RuleCost {
  private static final int SEEN = 50;
  private static final int PER_ITEM = 50;
  private static final int ROUNDS = 4;

  private RuleCost() {}

  public static void main(String[] args) throws IOException {
    int[] numbers = IntStream.range(0, 4).map(i -> Integer.parseInt(args[i])).toArray();
    int items = numbers[1];
    int dimensions = numbers[2];
    Random random = new Random(1);
    List<String> ids = IntStream.range(0, items).mapToObj(Integer::toString).sorted().toList();
    ItemVectors plain =
        new ItemVectors(
            ids,
            dimensions,
            floats(random, items * dimensions),
            floats(random, items * dimensions));
    double[] weights =
        IntStream.range(0, LagWeights.BUCKETS).mapToDouble(i -> 1.0 / (1 + i)).toArray();
    ItemVectors ruled =
        plain.under(
            new ProfileRule(
                LagWeights.of(weights), 0.15, table(random, items), table(random, items)));
    try (SparkSession spark =
        SparkSession.builder()
            .appName("RuleCost")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      String known =
          "transform(sequence(1, %d), i -> cast(pmod(xxhash64(id, i), %d) as string)) as context"
              .formatted(SEEN, items);
      Dataset<Row> users =
          spark.range(0, numbers[0], 1, 8).selectExpr("cast(id as string) as user", known).cache();
      users.count();
      for (int round = 0; round < ROUNDS; round++) { // the first warms up
        Cost mean = Cost.of(users, plain, numbers[3]);
        Cost rule = Cost.of(users, ruled, numbers[3]);
        System.out.printf(
            Locale.ROOT,
            "RuleCost: %,d users x %,d items x %d: mean %.1f s, rule %.1f s, ratio %.2f; CPU %.1f"
                + " and %.1f s, ratio %.2f%n",
            numbers[0],
            items,
            dimensions,
            mean.seconds(),
            rule.seconds(),
            rule.seconds() / mean.seconds(),
            mean.cpuSeconds(),
            rule.cpuSeconds(),
            rule.cpuSeconds() / mean.cpuSeconds());
      }
    }
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static ItemTable table(Random random, int items) {
    int[] starts = IntStream.rangeClosed(0, items).map(item -> item * PER_ITEM).toArray();
    int[] columns =
        IntStream.range(0, items)
            .flatMap(item -> random.ints(0, items).distinct().limit(PER_ITEM).sorted())
            .toArray();
    return new ItemTable(starts, columns, floats(random, columns.length));
  }

  /** Of all lists, computed and dropped. */
  private record Cost(double seconds, double cpuSeconds) {
    static Cost of(Dataset<Row> users, ItemVectors vectors, int k) {
      long start = System.nanoTime();
      long cpu = ProcessCpu.time();
      new Recommender(k).byVectors(users, vectors).write().format("noop").mode("overwrite").save();
      return new Cost((System.nanoTime() - start) / 1e9, (ProcessCpu.time() - cpu) / 1e9);
    }
  }
}
