package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Metrics by segment, and of all lists together, beside plain loops over the same lists. */
class SegmentsTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("items", DataTypes.createArrayType(DataTypes.StringType), true)
          .add("test", DataTypes.createArrayType(DataTypes.StringType), false)
          .add("train", DataTypes.createArrayType(DataTypes.StringType), true);

  /** One user as the loops see it. */
  private record User(List<String> items, Set<String> test, int trainRows) {}

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> catalogue = new ArrayList<>();
  private final long[] counts = new long[30];
  private final Map<String, float[]> vectors = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<User> users = new ArrayList<>();

  SegmentsTest() {
    System.out.println("SegmentsTest seed " + seed);
    for (int item = counts.length - 1; item >= 0; item--) { // falling, as by Zipf's law
      long next = item == counts.length - 1 ? 1 : counts[item + 1];
      counts[item] = next + random.nextInt(1 + 200 / (item + 1));
      catalogue.add(0, "i" + item);
    }
    for (String item : catalogue.subList(0, 27)) { // three have none
      float[] vector = new float[4];
      for (int d = 0; d < vector.length; d++) {
        vector[d] = (float) random.nextGaussian();
      }
      vectors.put(item, vector);
    }
    vectors.put("i5", new float[4]);
    for (int user = 0; user < 150; user++) {
      addUser(user);
    }
  }

  private void addUser(int user) {
    List<String> any = new ArrayList<>(catalogue);
    any.addAll(List.of("new1", "new2", "new3"));
    Collections.shuffle(any, random);
    List<String> items = any.subList(0, random.nextInt(16)).stream().toList();
    Collections.shuffle(any, random);
    List<String> test = any.subList(0, random.nextInt(5)).stream().toList();
    int trainRows = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(160);
    boolean listed = random.nextInt(10) > 0;
    rows.add(
        RowFactory.create(
            "u" + user,
            listed ? items.toArray(String[]::new) : null,
            test.toArray(String[]::new),
            Collections.nCopies(trainRows, "x").toArray(String[]::new)));
    if (!test.isEmpty()) {
      users.add(new User(listed ? items : List.of(), Set.copyOf(test), trainRows));
    }
  }

  @Test
  void usersBySegmentAreWhatLoopsFind() {
    Segments segments = report(lists()).segments();
    Map<String, int[]> bounds = new LinkedHashMap<>();
    bounds.put("0", new int[] {0, 0});
    bounds.put("1-4", new int[] {1, 4});
    bounds.put("5-19", new int[] {5, 19});
    bounds.put("20-99", new int[] {20, 99});
    bounds.put("100+", new int[] {100, 1_000});

    int seen = 0;
    for (Segments.Users segment : segments.users()) {
      int[] bound = bounds.remove(segment.trainRows());
      List<User> members =
          users.stream()
              .filter(user -> user.trainRows >= bound[0] && user.trainRows <= bound[1])
              .toList();
      assertThat(segment.users()).as(said(segment.trainRows())).isEqualTo(members.size());
      sameMeans(segment, members, "hitrate@10", SegmentsTest::hitRate);
      sameMeans(segment, members, "recall@10", SegmentsTest::recall);
      sameMeans(segment, members, "map@10", SegmentsTest::averagePrecision);
      assertThat(segment.metrics()).hasSize(RankingMetric.values().length);
      seen += members.size();
    }
    assertThat(seen).as(said("users")).isEqualTo(users.size());
    bounds.forEach(
        (label, bound) ->
            assertThat(users)
                .as(said(label))
                .noneMatch(user -> user.trainRows >= bound[0] && user.trainRows <= bound[1]));
  }

  private void sameMeans(
      Segments.Users segment, List<User> members, String metric, ToDoubleFunction<User> of) {
    double mean = members.stream().mapToDouble(of).average().orElseThrow();
    assertThat(segment.metrics().get(metric)).as(said(metric)).isCloseTo(mean, within(1e-12));
    if (members.size() == 1) {
      assertThat(segment.errors()).isEmpty();
      return;
    }
    double squares = 0;
    for (User user : members) {
      squares += (of.applyAsDouble(user) - mean) * (of.applyAsDouble(user) - mean);
    }
    double error = Math.sqrt(squares / (members.size() - 1)) / Math.sqrt(members.size());
    assertThat(segment.errors().get(metric)).as(said(metric)).isCloseTo(error, within(1e-9));
  }

  private static double hitRate(User user) {
    return first(user.items).stream().anyMatch(user.test::contains) ? 1 : 0;
  }

  private static double recall(User user) {
    return (double) first(user.items).stream().filter(user.test::contains).count()
        / user.test.size();
  }

  private static double averagePrecision(User user) {
    double sum = 0;
    int hits = 0;
    for (int i = 0; i < first(user.items).size(); i++) {
      if (user.test.contains(user.items.get(i))) {
        hits++;
        sum += hits / (i + 1.0);
      }
    }
    return sum / 10;
  }

  private static List<String> first(List<String> items) {
    return items.subList(0, Math.min(10, items.size()));
  }

  @Test
  void itemsBySegmentAreWhatLoopsFind() {
    Segments segments = report(lists()).segments();
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    Map<String, String> segmentOf = new LinkedHashMap<>();
    long before = 0;
    for (int rank = 0; rank < counts.length; rank++) {
      double share = (double) before / all;
      segmentOf.put(catalogue.get(rank), share < 0.2 ? "head" : share < 0.8 ? "middle" : "tail");
      before += counts[rank];
    }
    double rowShares = 0;
    double places = users.stream().mapToInt(user -> first(user.items).size()).sum();
    assertThat(segments.items()).extracting(Segments.Items::segment).startsWith("head", "middle");
    for (Segments.Items segment : segments.items()) {
      String name = segment.segment();
      long heldOut = 0;
      long hits = 0;
      long listed = 0;
      for (User user : users) {
        heldOut += count(user.test, segmentOf, name);
        listed += count(first(user.items), segmentOf, name);
        Set<String> found = new HashSet<>(first(user.items));
        found.retainAll(user.test);
        hits += count(found, segmentOf, name);
      }
      assertThat(segment.heldOut()).as(said(name)).isEqualTo(heldOut);
      assertThat(segment.hits()).as(said(name)).isEqualTo(hits);
      assertThat(segment.recall()).as(said(name)).isEqualTo((double) hits / heldOut);
      assertThat(segment.placeShare()).as(said(name)).isEqualTo(listed / places);
      if (name.equals("new")) {
        assertThat(segment.items()).isNull();
      } else {
        rowShares += segment.rowShare();
        assertThat((long) segment.items())
            .as(said(name))
            .isEqualTo(segmentOf.values().stream().filter(name::equals).count());
      }
    }
    assertThat(rowShares).isCloseTo(1, within(1e-12));
    assertThat(segments.items()).extracting(Segments.Items::segment).endsWith("new");
  }

  private static long count(Iterable<String> items, Map<String, String> segmentOf, String name) {
    long count = 0;
    for (String item : items) {
      count += segmentOf.getOrDefault(item, "new").equals(name) ? 1 : 0;
    }
    return count;
  }

  @Test
  void diversityPersonalizationAndGiniAreWhatLoopsFind() {
    Map<String, Double> metrics = report(lists()).metrics();
    for (int k : new int[] {3, 10}) {
      close(metrics.get("diversity@" + k), diversity(k), "diversity", 1e-6); // vectors are floats
      close(metrics.get("personalization@" + k), personalization(k), "personalization", 1e-12);
      close(metrics.get("gini@" + k), gini(k), "gini", 1e-12);
    }
  }

  private double diversity(int k) {
    List<Double> means = new ArrayList<>();
    for (User user : users) {
      List<String> items = known(user, k).stream().filter(vectors::containsKey).toList();
      double sum = 0;
      int pairs = 0;
      for (int i = 0; i < items.size(); i++) {
        for (int j = 0; j < i; j++) {
          sum += 1 - cosine(vectors.get(items.get(i)), vectors.get(items.get(j)));
          pairs++;
        }
      }
      if (pairs > 0) {
        means.add(sum / pairs);
      }
    }
    return means.stream().mapToDouble(mean -> mean).average().orElseThrow();
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int d = 0; d < a.length; d++) {
      product += (double) a[d] * b[d];
      squaresA += (double) a[d] * a[d];
      squaresB += (double) b[d] * b[d];
    }
    return product == 0 ? 0 : product / Math.sqrt(squaresA * squaresB);
  }

  private double personalization(int k) {
    List<Set<String>> lists =
        users.stream().map(user -> known(user, k)).filter(items -> !items.isEmpty()).toList();
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < lists.size(); i++) {
      for (int j = 0; j < i; j++) {
        Set<String> both = new HashSet<>(lists.get(i));
        both.retainAll(lists.get(j));
        sum += 1 - (double) both.size() / k;
        pairs++;
      }
    }
    return sum / pairs;
  }

  /** As the mean difference of all pairs of items, in its other definition, for a finite sample. */
  private double gini(int k) {
    double[] listed = new double[catalogue.size()];
    users.forEach(user -> known(user, k).forEach(item -> listed[catalogue.indexOf(item)]++));
    double differences = 0;
    double all = 0;
    for (double one : listed) {
      all += one;
      for (double other : listed) {
        differences += Math.abs(one - other);
      }
    }
    int n = listed.length;
    return differences / (2 * n * all) * n / (n - 1);
  }

  /** The items of the catalogue among the first k. */
  private Set<String> known(User user, int k) {
    Set<String> known = new HashSet<>(user.items.subList(0, Math.min(k, user.items.size())));
    known.retainAll(catalogue);
    return known;
  }

  @Test
  void segmentsHaveTheSameBitsForAnyPartitionsAndOrder() {
    MetricReport one = report(lists().coalesce(1));
    Collections.shuffle(rows, random);
    MetricReport many = report(lists().repartition(5));

    assertThat(many.segments()).as(said("segments")).isEqualTo(one.segments());
    assertThat(many.metrics()).as(said("metrics")).isEqualTo(one.metrics());
  }

  @Test
  void withoutATrainPartOrACatalogueThereAreNoSegments() {
    Segments segments =
        TopKEvaluator.report(lists().drop("train"), List.of(10), 1, null).segments();

    assertThat(segments).isEqualTo(new Segments(10, List.of(), List.of()));
  }

  @Test
  void listsOfOneItemForAllAreOfNoDiversityAndNotPersonal() {
    List<Row> same =
        IntStream.range(0, 4)
            .mapToObj(
                user ->
                    RowFactory.create(
                        "u" + user, new String[] {"i0"}, new String[] {"i1"}, new String[] {"i2"}))
            .toList();
    Map<String, Double> metrics =
        TopKEvaluator.report(spark.createDataFrame(same, SCHEMA), List.of(1), 1, all()).metrics();

    assertThat(metrics).containsEntry("personalization@1", 0.0).containsEntry("gini@1", 1.0);
    assertThat(metrics).doesNotContainKey("diversity@1");
  }

  private Catalogue all() {
    return Catalogue.withVectors(catalogue, counts, vectors::get);
  }

  private MetricReport report(Dataset<Row> lists) {
    return TopKEvaluator.report(lists, List.of(3, 10), 1, all());
  }

  private Dataset<Row> lists() {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private void close(double ours, double theirs, String what, double tolerance) {
    assertThat(ours).as(said(what)).isCloseTo(theirs, within(tolerance));
  }

  private String said(String what) {
    return what + ", seed " + seed;
  }
}
