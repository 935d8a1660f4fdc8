package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Each user's metrics, and what two runs' tables of them say, beside plain loops. */
class UserComparisonTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("items", DataTypes.createArrayType(DataTypes.StringType), true)
          .add("test", DataTypes.createArrayType(DataTypes.StringType), false)
          .add("train", DataTypes.createArrayType(DataTypes.StringType), true);
  private static final List<String> METRICS = List.of("hitrate@10", "ndcg@10", "map@3");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<Row> first = new ArrayList<>();
  private final List<Row> second = new ArrayList<>();

  UserComparisonTest() {
    System.out.println("UserComparisonTest seed " + seed);
    for (int user = 0; user < 120; user++) {
      String[] test = draw(random.nextInt(5));
      String[] train = draw(5);
      String[] items = random.nextInt(12) == 0 ? null : draw(random.nextInt(15));
      first.add(RowFactory.create("u" + user, items, test, train));
      String[] others = random.nextInt(3) == 0 ? items : draw(random.nextInt(15));
      second.add(RowFactory.create("u" + user, others, test, train));
    }
  }

  private String[] draw(int n) {
    List<String> items = new ArrayList<>(IntStream.range(0, 25).mapToObj(i -> "i" + i).toList());
    Collections.shuffle(items, random);
    return items.subList(0, n).toArray(String[]::new);
  }

  @Test
  void eachUsersMetricsAreThoseOfTheList() {
    Map<String, Row> found = new TreeMap<>();
    users(first).collectAsList().forEach(row -> found.put(row.getString(0), row));

    for (Row row : first) {
      Set<String> test = Set.of((String[]) row.get(2));
      Row user = found.remove(row.getString(0));
      if (test.isEmpty()) {
        assertThat(user).as(said("no row")).isNull();
        continue;
      }
      List<String> items = row.isNullAt(1) ? List.of() : List.of((String[]) row.get(1));
      assertThat(user.<Integer>getAs("heldOut")).isEqualTo(test.size());
      assertThat(user.<Integer>getAs("listed")).isEqualTo(items.size());
      assertThat(user.<Integer>getAs("trainRows")).isEqualTo(5);
      for (int k : new int[] {3, 10}) {
        boolean[] hits = RankingMetric.hits(items, test);
        for (RankingMetric metric : RankingMetric.values()) {
          assertThat(user.<Double>getAs(metric.at(k)))
              .as(said(metric.at(k)))
              .isEqualTo(metric.of(hits, test.size(), k));
        }
      }
    }
    assertThat(found).as(said("rows of nobody")).isEmpty();
  }

  @Test
  void theHashOfWhatIsHeldOutDoesNotLookAtTheOrder() {
    List<Row> rows =
        List.of(
            RowFactory.create("u", null, new String[] {"a", "b"}, null),
            RowFactory.create("v", null, new String[] {"b", "a", "a"}, null),
            RowFactory.create("w", null, new String[] {"a", "c"}, null));
    List<Long> hashes =
        users(rows).select("heldOutHash").collectAsList().stream()
            .map(row -> row.getLong(0))
            .toList();

    assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
  }

  /**
   * The same users, bootstrap samples and p-values as where both models are measured in one run.
   */
  @Test
  void twoTablesSayWhatTwoReportsSay() {
    UserComparison compared = UserComparison.of(users(first), users(second), METRICS, 7);
    MetricReport ours = TopKEvaluator.report(lists(first), List.of(3, 10), 7, null);
    MetricReport theirs = TopKEvaluator.report(lists(second), List.of(3, 10), 7, null);

    assertThat(compared.users()).isEqualTo(ours.users());
    assertThat(compared.onlyFirst() + compared.onlySecond() + compared.otherHeldOut()).isZero();
    assertThat(compared.metrics()).extracting(UserComparison.Metric::metric).isEqualTo(METRICS);
    for (UserComparison.Metric metric : compared.metrics()) {
      String name = metric.metric();
      PairedDifference difference = theirs.minus(ours, name);
      assertThat(metric.first()).as(said(name)).isEqualTo(ours.metrics().get(name));
      assertThat(metric.second()).as(said(name)).isEqualTo(theirs.metrics().get(name));
      assertThat(metric.difference().mean()).isEqualTo(difference.mean());
      close(metric.difference().interval().low(), difference.interval().low(), name);
      close(metric.difference().interval().high(), difference.interval().high(), name);
      close(metric.difference().pValue(), difference.pValue(), name);
      assertThat(metric.better()).as(said(name)).isEqualTo(higher(second, first, name));
      assertThat(metric.worse()).as(said(name)).isEqualTo(higher(first, second, name));
    }
  }

  /** Of seed 70333481943304: a sample's sum was zero in one way to add and 1e-17 in the other. */
  @Test
  void samplesThatDifferByRoundingCountOnBothSides() {
    double[] samples = {1e-17, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6};

    assertThat(PairedDifference.of(0.3, samples).pValue()).isEqualTo(0.5);
    samples[0] = 0;
    assertThat(PairedDifference.of(0.3, samples).pValue()).isEqualTo(0.5);
  }

  private long higher(List<Row> some, List<Row> others, String metric) {
    Map<String, Double> values = new TreeMap<>();
    users(others).collectAsList().forEach(row -> values.put(row.getString(0), row.getAs(metric)));
    return users(some).collectAsList().stream()
        .filter(row -> row.<Double>getAs(metric) > values.get(row.getString(0)))
        .count();
  }

  @Test
  void theOtherWayRoundTheSignsChangeAndPartitionsDoNotMatter() {
    UserComparison compared = UserComparison.of(users(first), users(second), METRICS, 7);
    UserComparison back =
        UserComparison.of(users(second).repartition(7), users(first).coalesce(1), METRICS, 7);

    for (int i = 0; i < METRICS.size(); i++) {
      UserComparison.Metric there = compared.metrics().get(i);
      UserComparison.Metric here = back.metrics().get(i);
      assertThat(here.difference().mean()).isEqualTo(-there.difference().mean());
      assertThat(here.difference().interval().low())
          .isEqualTo(-there.difference().interval().high());
      assertThat(here.difference().pValue()).isEqualTo(there.difference().pValue());
      assertThat(here.better()).isEqualTo(there.worse());
    }
  }

  @Test
  void usersOfOneRunAloneAndOtherHeldOutItemsAreCountedApart() {
    List<Row> changed = new ArrayList<>(second);
    int removed = firstEvaluated(changed);
    changed.remove(removed);
    int other = firstEvaluated(changed);
    Row row = changed.get(other);
    changed.set(other, RowFactory.create(row.get(0), row.get(1), new String[] {"zz"}, row.get(3)));
    changed.add(RowFactory.create("more", null, new String[] {"a"}, null));
    changed.add(RowFactory.create("most", null, new String[] {"a"}, null));
    UserComparison compared = UserComparison.of(users(first), users(changed), METRICS, 7);

    assertThat(compared.onlyFirst()).isEqualTo(1);
    assertThat(compared.onlySecond()).isEqualTo(2);
    assertThat(compared.otherHeldOut()).isEqualTo(1);
    assertThat(compared.users()).isEqualTo(users(first).count() - 2);
  }

  private static int firstEvaluated(List<Row> rows) {
    return IntStream.range(0, rows.size())
        .filter(i -> ((String[]) rows.get(i).get(2)).length > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void howListsDifferIsWhatLoopsFind() {
    for (int user = 0; user < 5; user++) { // some with the same items in another order
      Row row = first.get(user);
      List<String> items = new ArrayList<>(List.of(draw(9)));
      first.set(user, with(row, items));
      Collections.reverse(items);
      second.set(user, with(second.get(user), items));
    }
    ListComparison compared = ListComparison.of(lists(first), lists(second), 10, 4);
    long[] counts = new long[5];
    double overlaps = 0;
    Map<String, Long> gains = new TreeMap<>();
    for (int user = 0; user < first.size(); user++) {
      List<String> a = head(first.get(user));
      List<String> b = head(second.get(user));
      places(a, -1, gains);
      places(b, 1, gains);
      if (a == null || b == null) {
        counts[1] += b == null && a != null ? 1 : 0;
        counts[2] += a == null && b != null ? 1 : 0;
        continue;
      }
      counts[0]++;
      Set<String> both = new HashSet<>(a);
      both.retainAll(b);
      counts[3] += a.equals(b) ? 1 : 0;
      counts[4] += !a.equals(b) && new HashSet<>(a).equals(new HashSet<>(b)) ? 1 : 0;
      overlaps += (double) both.size() / Math.max(1, Math.max(a.size(), b.size()));
    }
    assertThat(
            new long[] {
              compared.users(),
              compared.onlyFirst(),
              compared.onlySecond(),
              compared.same(),
              compared.reordered()
            })
        .as(said("users"))
        .isEqualTo(counts);
    assertThat(compared.overlap())
        .as(said("overlap"))
        .isCloseTo(overlaps / counts[0], within(1e-8));
    assertThat(compared.gained().stream().map(item -> item.second() - item.first()))
        .as(said("gained"))
        .isEqualTo(
            gains.values().stream()
                .filter(g -> g > 0)
                .sorted(Collections.reverseOrder())
                .limit(4)
                .toList());
    assertThat(compared.lost().stream().map(item -> item.second() - item.first()))
        .as(said("lost"))
        .isEqualTo(gains.values().stream().filter(g -> g < 0).sorted().limit(4).toList());
    compared
        .gained()
        .forEach(
            item -> assertThat(item.second() - item.first()).isEqualTo(gains.get(item.item())));
  }

  private static Row with(Row row, List<String> items) {
    return RowFactory.create(row.get(0), items.toArray(String[]::new), row.get(2), row.get(3));
  }

  private static List<String> head(Row row) {
    return row.isNullAt(1) ? null : Stream.of((String[]) row.get(1)).limit(10).toList();
  }

  private static void places(List<String> items, long sign, Map<String, Long> gains) {
    if (items != null) {
      items.forEach(item -> gains.merge(item, sign, Long::sum));
    }
  }

  private static Dataset<Row> users(List<Row> rows) {
    return UserMetrics.of(lists(rows), List.of(3, 10));
  }

  private static Dataset<Row> lists(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private void close(double ours, double theirs, String what) {
    assertThat(ours).as(said(what)).isCloseTo(theirs, within(1e-12));
  }

  private String said(String what) {
    return what + ", seed " + seed;
  }
}
