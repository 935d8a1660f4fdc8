package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
          .add("items", DataTypes.createArrayType(DataTypes.StringType), true)
          .add("test", DataTypes.createArrayType(DataTypes.StringType), false);

  @Test
  void agreesWithSparksRankingMetrics() {
    long seed = System.nanoTime();
    System.out.println("TopKEvaluatorTest seed " + seed);
    List<Row> rows = randomLists(new Random(seed), 300);
    Map<String, Double> ours = new TopKEvaluator(List.of(3, 10)).evaluate(lists(rows)).metrics();
    RankingMetrics<String> sparks = sparks(rows);

    for (int k : new int[] {3, 10}) {
      close(ours.get("precision@" + k), sparks.precisionAt(k), seed);
      close(ours.get("recall@" + k), sparks.recallAt(k), seed);
      close(ours.get("ndcg@" + k), sparks.ndcgAt(k), seed);
      close(ours.get("map-normalized@" + k), sparks.meanAveragePrecisionAt(k), seed);
    }
  }

  @Test
  void aUserWithoutAListCountsZeroAndOneWithoutTestItemsDoesNotCount() {
    MetricReport report =
        new TopKEvaluator(List.of(10))
            .evaluate(
                lists(
                    List.of(
                        RowFactory.create(new String[] {"a"}, new String[] {"a"}),
                        RowFactory.create(null, new String[] {"a"}),
                        RowFactory.create(new String[] {"a"}, new String[0]))));

    assertThat(report.users()).isEqualTo(2);
    assertThat(report.metrics()).containsEntry("hitrate@10", 0.5).containsEntry("map@10", 0.05);
  }

  @Test
  void noUserNoMetrics() {
    assertThat(new TopKEvaluator(List.of(10)).evaluate(lists(List.of())).metrics()).isEmpty();
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
      rows.add(RowFactory.create(items, test));
    }
    return rows;
  }

  private static Dataset<Row> lists(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static RankingMetrics<String> sparks(List<Row> rows) {
    List<Tuple2<List<String>, List<String>>> pairs =
        rows.stream()
            .map(
                row -> new Tuple2<>(List.of((String[]) row.get(0)), List.of((String[]) row.get(1))))
            .toList();
    return RankingMetrics.of(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(pairs, 1));
  }
}
