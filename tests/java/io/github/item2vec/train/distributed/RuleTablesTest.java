package io.github.item2vec.train.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.RuleFixture;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.Lags;
import io.github.item2vec.train.history.Neighbours;
import io.github.item2vec.train.history.PairSample;
import io.github.item2vec.train.model.ModelRule;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that tasks count, next to those of one task: the same bits. */
class RuleTablesTest extends SparkTest {
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(spark.sparkContext());

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final int items = 90 + random.nextInt(60);
  private final int[][] baskets = baskets();
  private final Fitted fitted =
      new Fitted(
          new Lags(random.doubles(LagWeights.BUCKETS, -1, 1).toArray(), random.nextDouble()), 4);

  /** Items at the front are frequent; more of them than a row keeps entries. */
  private int[][] baskets() {
    System.out.println("RuleTablesTest seed " + seed);
    return IntStream.range(0, 400)
        .mapToObj(
            i ->
                random
                    .ints(200, 0, items)
                    .map(item -> item * item / items)
                    .distinct()
                    .limit(2 + random.nextInt(15))
                    .toArray())
        .filter(basket -> basket.length > 1)
        .toArray(int[][]::new);
  }

  private ProfileRule counted(Fitted given, int partitions, int tasks, long mostPairs) {
    long[] counts = new long[items];
    Arrays.stream(baskets).flatMapToInt(Arrays::stream).forEach(item -> counts[item]++);
    ShuffleFiles shuffles = new ShuffleFiles(CONTEXT);
    JavaRDD<int[]> rdd = CONTEXT.parallelize(Arrays.asList(baskets), partitions);
    RuleTables tables = new RuleTables(CONTEXT, shuffles, rdd, counts, tasks, mostPairs);
    JavaRDD<Row> rows = tables.rows(given, baskets.length);
    ItemTable none = ItemTable.empty(items);
    ProfileRule rule =
        ModelRule.with(
            given.rule(none, none), spark.createDataFrame(rows, ModelRule.TABLES).collectAsList());
    assertThat(rows.map(row -> row.getInt(0)).collect())
        .as("seed %d", seed)
        .containsExactlyInAnyOrder(IntStream.range(0, items).boxed().toArray(Integer[]::new));
    shuffles.keepNone();
    return rule;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void anyNumberOfTasksCountsWhatOneDoes(int tasks) {
    ProfileRule expected;
    try (Workers workers = new Workers(2)) {
      expected = fitted.rule(baskets, items, workers);
    }
    assertThat(expected.transitions().size()).isPositive();
    assertThat(expected.neighbours().size()).isPositive();

    ProfileRule counted = counted(fitted, tasks, tasks, PairSample.MOST_PAIRS);

    RuleFixture.requireSame("seed " + seed, counted, expected);
    ProfileRule otherwise = counted(fitted, 9 - tasks, tasks, PairSample.MOST_PAIRS);
    RuleFixture.requireSame("seed " + seed, otherwise, expected);
  }

  /** The sample ends within a bucket, at its first sequence, or holds one sequence alone. */
  @ParameterizedTest
  @ValueSource(longs = {1, 500, 5_000, 20_000})
  void theSampleOfNeighboursIsThatOfOneTask(long mostPairs) {
    ItemTable expected;
    try (Workers workers = new Workers(2)) {
      expected = Neighbours.of(baskets, items, mostPairs, workers).times(fitted.nearFactor());
    }
    ProfileRule counted = counted(fitted, 3, 4, mostPairs);
    RuleFixture.requireSame("seed " + seed, counted.neighbours(), expected);
  }

  @Test
  void transitionsThatDoNotHelpAreNotCounted() {
    Fitted without = new Fitted(fitted.lags(), 0);
    ProfileRule counted = counted(without, 3, 4, PairSample.MOST_PAIRS);
    assertThat(counted.transitions().size()).isZero();
    assertThat(counted.neighbours().size()).isPositive();
  }
}
