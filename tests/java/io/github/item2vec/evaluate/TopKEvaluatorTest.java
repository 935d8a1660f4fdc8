package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.train.Item2Vec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.RankingMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class TopKEvaluatorTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("items", DataTypes.createArrayType(DataTypes.StringType), true)
          .add("test", DataTypes.createArrayType(DataTypes.StringType), false);

  @Test
  void agreesWithSparksRankingMetrics() {
    long seed = System.nanoTime();
    System.out.println("TopKEvaluatorTest seed " + seed);
    List<Row> rows = randomLists(new Random(seed), 300);
    Map<String, Double> ours = TopKEvaluator.report(lists(rows), List.of(3, 10), 1, null).metrics();
    RankingMetrics<String> sparks = sparks(rows);

    for (int k : new int[] {3, 10}) {
      close(ours.get("precision@" + k), sparks.precisionAt(k), seed);
      close(ours.get("recall@" + k), sparks.recallAt(k), seed);
      close(ours.get("ndcg@" + k), sparks.ndcgAt(k), seed);
      close(ours.get("map-normalized@" + k), sparks.meanAveragePrecisionAt(k), seed);
    }
  }

  /** The notebook's functions, line by line; an item counts at its first place. */
  @Test
  void mapAndHitRateAreTheReferenceNotebooks() {
    long seed = System.nanoTime();
    System.out.println("TopKEvaluatorTest notebook seed " + seed);
    Random random = new Random(seed);
    List<Row> rows = withRepeats(randomLists(random, 200), random);
    Map<String, Double> ours = TopKEvaluator.report(lists(rows), List.of(10), 1, null).metrics();
    double precisions = 0;
    double hitUsers = 0;
    for (Row row : rows) {
      List<String> recommended = List.of((String[]) row.get(1));
      List<String> actual = List.of((String[]) row.get(2));
      double score = 0;
      int hits = 0;
      for (int i = 0; i < Math.min(10, recommended.size()); i++) {
        if (actual.contains(recommended.get(i)) && recommended.indexOf(recommended.get(i)) == i) {
          hits++;
          score += hits / (i + 1.0);
        }
      }
      precisions += score / 10;
      hitUsers += hits > 0 ? 1 : 0;
    }

    close(ours.get("map@10"), precisions / rows.size(), seed);
    close(ours.get("hitrate@10"), hitUsers / rows.size(), seed);
  }

  @Test
  void aUserWithoutAListCountsZeroAndOneWithoutTestItemsDoesNotCount() {
    MetricReport report =
        TopKEvaluator.report(
            lists(
                List.of(
                    RowFactory.create("u", new String[] {"a"}, new String[] {"a"}),
                    RowFactory.create("v", null, new String[] {"a"}),
                    RowFactory.create("w", new String[] {"a"}, new String[0]))),
            List.of(10),
            1,
            null);

    assertThat(report.users()).isEqualTo(2);
    assertThat(report.usersWithoutTest()).isEqualTo(1);
    assertThat(report.usersWithoutList()).isEqualTo(1);
    assertThat(report.metrics()).containsEntry("hitrate@10", 0.5);
    assertThat(report.metrics().get("map@10")).isCloseTo(0.05, within(1e-15));
  }

  @Test
  void noUserNoMetrics() {
    assertThat(TopKEvaluator.report(lists(List.of()), List.of(10), 1, null).metrics()).isEmpty();
    assertThatThrownBy(() -> ofItems().evaluate(lists(List.of())))
        .hasMessage("no user has relevant items in column 'test'");
  }

  @Test
  void figuresHaveTheSameBitsForAnyPartitionsAndOrder() {
    List<Row> rows = randomLists(new Random(2), 200);
    Catalogue catalogue = new Catalogue(List.of("3", "7", "1"), new long[] {9, 4, 2});
    MetricReport one = TopKEvaluator.report(lists(rows).coalesce(1), List.of(5, 10), 7, catalogue);
    Collections.shuffle(rows, new Random(3));
    MetricReport many =
        TopKEvaluator.report(lists(rows).repartition(5), List.of(5, 10), 7, catalogue);

    assertThat(many.metrics()).isEqualTo(one.metrics());
    assertThat(many.intervals()).isEqualTo(one.intervals());
  }

  @Test
  void intervalsAreThoseOfTheNormalLawForManyUsers() {
    List<Row> rows = randomLists(new Random(4), 4_000);
    MetricReport report = TopKEvaluator.report(lists(rows), List.of(10), 5, null);
    double mean = report.metrics().get("hitrate@10");
    double error = 1.96 * Math.sqrt(mean * (1 - mean) / report.users());
    Interval interval = report.interval("hitrate@10");

    assertThat(interval.low()).isCloseTo(mean - error, within(0.15 * error));
    assertThat(interval.high()).isCloseTo(mean + error, within(0.15 * error));
    assertThat(TopKEvaluator.report(lists(rows), List.of(10), 6, null).interval("hitrate@10"))
        .isNotEqualTo(interval);
  }

  @Test
  void aPairedTestSeesWhatTheIntervalsOfTheMeansDoNot() {
    List<Row> rows = randomLists(new Random(6), 400);
    List<Row> slightlyBetter = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String[] items = (String[]) rows.get(i).get(1);
      String[] test = (String[]) rows.get(i).get(2);
      slightlyBetter.add(
          RowFactory.create("u" + i, i % 20 == 0 ? new String[] {test[0]} : items, test));
    }
    MetricReport worse = TopKEvaluator.report(lists(rows), List.of(10), 1, null);
    MetricReport better = TopKEvaluator.report(lists(slightlyBetter), List.of(10), 1, null);

    PairedDifference mrr = better.minus(worse, "mrr@10");
    assertThat(mrr.mean()).isPositive();
    assertThat(mrr.interval().low()).isPositive();
    assertThat(mrr.pValue()).isLessThan(0.01);
    assertThat(better.interval("mrr@10").low()).isLessThan(worse.interval("mrr@10").high());
    assertThat(worse.minus(worse, "mrr@10").pValue()).isEqualTo(1);
    MetricReport fewer = TopKEvaluator.report(lists(rows.subList(1, 400)), List.of(10), 1, null);
    assertThatThrownBy(() -> better.minus(fewer, "mrr@10"))
        .hasMessageContaining("400 and 399 users");
    assertThatThrownBy(() -> better.interval("coverage@10"))
        .hasMessageContaining("no bootstrap samples of 'coverage@10'");
  }

  /** By hand: a catalogue of 12, the first two items popular; "x" is not in it. */
  @Test
  void coverageNoveltyAndPopularityShareByHand() {
    List<String> items = IntStream.range(0, 12).mapToObj(String::valueOf).toList();
    long[] counts = {8, 8, 4, 2, 2, 2, 1, 1, 1, 1, 1, 1};
    List<Row> rows =
        List.of(
            RowFactory.create("u", new String[] {"0", "2", "5"}, new String[] {"2"}),
            RowFactory.create("v", new String[] {"0", "x"}, new String[] {"x"}),
            RowFactory.create("w", null, new String[] {"1"}));

    MetricReport report =
        TopKEvaluator.report(lists(rows), List.of(2), 1, new Catalogue(items, counts));

    assertThat(report.metrics())
        .containsEntry("coverage@2", 2 / 12.0)
        .containsEntry("popularity-share@2", 2 / 3.0);
    assertThat(report.metrics().get("novelty@2")).isCloseTo((2 + 3 + 2) / 3.0, within(1e-12));
    assertThat(report.usersWithoutReachableItem()).isEqualTo(1);
  }

  @Test
  void anItemCountsOnceAtItsFirstPlace() {
    List<Row> rows =
        List.of(RowFactory.create("u", new String[] {"a", "a", "a", "b"}, new String[] {"a", "a"}));
    Catalogue catalogue = new Catalogue(List.of("a", "b"), new long[] {3, 1});

    Map<String, Double> metrics =
        TopKEvaluator.report(lists(rows), List.of(5), 1, catalogue).metrics();

    assertThat(metrics)
        .containsEntry("recall@5", 1.0)
        .containsEntry("ndcg@5", 1.0)
        .containsEntry("map-normalized@5", 1.0)
        .containsEntry("coverage@5", 1.0)
        .containsEntry("popularity-share@5", 0.5);
    assertThat(metrics.get("map@5")).isCloseTo(0.2, within(1e-15));
    assertThat(metrics.get("precision@5")).isCloseTo(0.2, within(1e-15));
    assertThat(metrics.get("novelty@5")).isCloseTo((-log2(0.75) - log2(0.25)) / 2, within(1e-12));
    assertThat(ofItems().setMetricName("recall").setK(5).evaluate(lists(rows))).isEqualTo(1);
  }

  /** The first places are those of the list without repeats, moved back by the repeats before. */
  @Test
  void noMetricOfAListWithRepeatsExceedsOneOrThatOfTheListWithoutThem() {
    long seed = System.nanoTime();
    System.out.println("TopKEvaluatorTest repeats seed " + seed);
    Random random = new Random(seed);
    List<Row> rows = randomLists(random, 100);
    for (Row row : withRepeats(rows, random)) {
      Map<String, Double> repeated = metrics(row);
      String[] distinct = List.of((String[]) row.get(1)).stream().distinct().toArray(String[]::new);
      Map<String, Double> once = metrics(RowFactory.create(row.get(0), distinct, row.get(2)));
      repeated.forEach(
          (name, value) -> assertThat(value).as("%s, seed %d", name, seed).isBetween(0.0, 1.0));
      repeated.forEach(
          (name, value) ->
              assertThat(value).as("%s, seed %d", name, seed).isLessThanOrEqualTo(once.get(name)));
    }
  }

  @Test
  void nullsAreNoItemsAndANullOfTestItemsIsNone() {
    List<Row> rows =
        List.of(
            RowFactory.create("u", new String[] {null, "a"}, new String[] {null, "a"}),
            RowFactory.create("v", new String[] {"a"}, new String[] {null}),
            RowFactory.create("w", new String[] {"a"}, null));
    StructType nullable =
        new StructType()
            .add("user", DataTypes.StringType)
            .add("items", DataTypes.createArrayType(DataTypes.StringType))
            .add("test", DataTypes.createArrayType(DataTypes.StringType));

    MetricReport report =
        TopKEvaluator.report(spark.createDataFrame(rows, nullable), List.of(2), 1, null);

    assertThat(report.usersWithoutTest()).isEqualTo(2);
    assertThat(report.metrics()).containsEntry("recall@2", 1.0).containsEntry("mrr@2", 0.5);
  }

  @Test
  void wholeNumbersAreComparedAsTextAndOtherTypesAreRefused() {
    Dataset<Row> lists =
        spark.sql(
            "SELECT 7L AS user, array(1, 2) AS items, array('2') AS test, array(2.0D) AS doubles");

    assertThat(TopKEvaluator.report(lists, List.of(2), 1, null).metrics())
        .containsEntry("mrr@2", 0.5);
    assertThatThrownBy(() -> ofItems().setLabelCol("doubles").evaluate(lists))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column 'doubles' is array<double>: must be array<string> or an array of whole"
                + " numbers");
    assertThatThrownBy(() -> ofItems().setLabelCol("user").evaluate(lists))
        .hasMessageStartingWith("column 'user' is bigint: must be array<string>");
  }

  /** Item2Vec reads items, and its model keeps them: they are no lists. */
  @Test
  void whatItem2VecReadsIsNotTakenForAList() {
    Dataset<Row> transformed = spark.sql("SELECT array('a') AS items, array('a') AS test");

    assertThat(new TopKEvaluator().getPredictionCol()).isNotEqualTo(new Item2Vec().getItemsCol());
    assertThatThrownBy(() -> new TopKEvaluator().evaluate(transformed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no column 'prediction' among items, test");
  }

  private static TopKEvaluator ofItems() {
    return new TopKEvaluator().setPredictionCol("items");
  }

  private static Map<String, Double> metrics(Row row) {
    List<String> items = List.of((String[]) row.get(1));
    Set<String> relevant = Set.of((String[]) row.get(2));
    Map<String, Double> metrics = new TreeMap<>();
    for (RankingMetric metric : RankingMetric.values()) {
      metrics.put(
          metric.at(10), metric.of(RankingMetric.hits(items, relevant), relevant.size(), 10));
    }
    return metrics;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static void close(double ours, double sparks, long seed) {
    assertThat(ours).as("seed %d", seed).isCloseTo(sparks, within(1e-12));
  }

  private static List<Row> randomLists(Random random, int users) {
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      List<String> catalogue =
          new ArrayList<>(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
      Collections.shuffle(catalogue, random);
      String[] items = catalogue.subList(0, random.nextInt(15)).toArray(String[]::new);
      Collections.shuffle(catalogue, random);
      String[] test = catalogue.subList(0, 1 + random.nextInt(12)).toArray(String[]::new);
      rows.add(RowFactory.create("u" + user, items, test));
    }
    return rows;
  }

  /** Each place of each list is, now and then, that of an item of the same list. */
  private static List<Row> withRepeats(List<Row> rows, Random random) {
    return rows.stream()
        .map(
            row -> {
              String[] items = ((String[]) row.get(1)).clone();
              for (int i = 0; i < items.length; i++) {
                items[i] = items[random.nextInt(3) == 0 ? random.nextInt(items.length) : i];
              }
              return RowFactory.create(row.get(0), items, row.get(2));
            })
        .toList();
  }

  private static Dataset<Row> lists(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static RankingMetrics<String> sparks(List<Row> rows) {
    List<Tuple2<List<String>, List<String>>> pairs =
        rows.stream()
            .map(
                row -> new Tuple2<>(List.of((String[]) row.get(1)), List.of((String[]) row.get(2))))
            .toList();
    return RankingMetrics.of(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(pairs, 1));
  }
}
