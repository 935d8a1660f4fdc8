package io.github.item2vec.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Against {@link LiteralLists}: a full sort in double precision. */
class RecommenderTest extends SparkTest {
  private static final PopularItems POPULAR =
      new PopularItems(List.of("b", "a", "d"), new long[] {9, 5, 1});

  @Test
  void equalsAFullSortOnRandomCases() {
    long seed = System.nanoTime();
    System.out.println("RecommenderTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      LiteralLists literal = new LiteralLists(random, 1 + random.nextInt(90));
      int k = 1 + random.nextInt(100);
      Set<String> allowed = literal.someItems(random, 2);
      Set<String> denied = literal.someItems(random, 4);
      Recommender plain = new Recommender(k).scores(List.of(Scores.values()).get(round % 3));
      for (Seen seen : Seen.values()) {
        Recommender all = plain.seen(seen);
        Dataset<Row> users = literal.users(spark, 30);
        check(literal, all.byVectors(users, literal.vectors()), k, seen, Set.of(), seed);
        check(
            literal,
            all.only(allowed).without(denied).byVectors(users, literal.vectors()),
            k,
            seen,
            literal.allBut(allowed, denied),
            seed);
      }
    }
  }

  private static void check(
      LiteralLists literal, Dataset<Row> lists, int k, Seen seen, Set<String> not, long seed) {
    for (Row list : lists.repartition(3).collectAsList()) {
      assertThat(list.<String>getList(list.fieldIndex("items")))
          .as("seed %d: %s", seed, literal)
          .isEqualTo(literal.list(list.getList(list.fieldIndex("context")), k, seen, not));
    }
  }

  @Test
  void tilesGiveTheListsAndScoresOfOneMatrix() {
    long seed = System.nanoTime();
    System.out.println("RecommenderTest tiles seed " + seed);
    Random random = new Random(seed);
    LiteralLists literal = new LiteralLists(random, 120);
    Set<String> ineligible = literal.someItems(random, 5);
    Dataset<Row> items = literal.items(spark, ineligible);
    Dataset<Row> users = literal.profiles(spark, 40);
    for (Scores scores : Scores.values()) {
      Recommender recommender =
          new Recommender(15, ColdUsers.POPULAR, POPULAR).scores(scores).without(Set.of("item 3"));
      List<Row> whole = sorted(recommender.byProfiles(users, "profile", items));
      List<Row> tiled =
          sorted(recommender.mostBroadcastBytes(400).byProfiles(users, "profile", items));

      assertThat(tiled).hasSameSizeAs(whole);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(tiled.get(i).getString(0)).isEqualTo(whole.get(i).getString(0));
        assertThat(items(tiled.get(i))).as("seed %d", seed).isEqualTo(items(whole.get(i)));
        assertThat(items(whole.get(i))).doesNotContainAnyElementsOf(ineligible);
        assertThat(tiled.get(i).<Boolean>getAs("cold"))
            .isEqualTo(whole.get(i).<Boolean>getAs("cold"));
        close(tiled.get(i), whole.get(i), scores == Scores.PROBABILITY ? 1e-6 : 0);
      }
      assertThat(whole).anyMatch(row -> row.<Boolean>getAs("cold"));
    }
  }

  private static List<Row> sorted(Dataset<Row> lists) {
    return lists.orderBy("user").collectAsList();
  }

  private static List<String> items(Row row) {
    return row.getList(row.fieldIndex("items"));
  }

  private static void close(Row a, Row b, double tolerance) {
    int column = a.fieldIndex("scores");
    assertThat(a.isNullAt(column)).isEqualTo(b.isNullAt(column));
    if (!a.isNullAt(column)) {
      List<Float> left = a.getList(column);
      List<Float> right = b.getList(column);
      for (int i = 0; i < left.size(); i++) {
        assertThat((double) left.get(i)).isCloseTo(right.get(i), within(tolerance));
      }
    }
  }

  @Test
  void listsDoNotDependOnPartitionsOrOrder() {
    LiteralLists literal = new LiteralLists(new Random(5), 200);
    Dataset<Row> users = literal.users(spark, 700);
    Recommender recommender = new Recommender(20);
    List<Row> one = sorted(recommender.byVectors(users.coalesce(1), literal.vectors()));

    assertThat(sorted(recommender.byVectors(users.repartition(7), literal.vectors())))
        .isEqualTo(one);
    assertThat(
            sorted(
                recommender.byVectors(
                    users.orderBy(functions.col("user").desc()), literal.vectors())))
        .isEqualTo(one);
  }

  @Test
  void probabilitiesAreASoftmaxOverAllItems() {
    float[] contexts = {1, 2, 3, 4};
    float[] targets = {0.5f, -1, 0.25f, 2};
    ItemVectors vectors = new ItemVectors(List.of("a", "b", "c", "d"), 1, contexts, targets);
    Dataset<Row> users = users(List.of(RowFactory.create("u", new String[] {"a", "b"})));
    double sum = 0;
    for (float target : targets) {
      sum += Math.exp(1.5 * target);
    }

    Row list =
        new Recommender(9)
            .scores(Scores.PROBABILITY)
            .without(Set.of("d"))
            .byVectors(users, vectors)
            .first();

    assertThat(items(list)).containsExactly("c");
    assertThat((double) list.<Float>getList(3).get(0))
        .isCloseTo(Math.exp(1.5 * 0.25) / sum, within(1e-6));
  }

  @Test
  void popularItemsAreInTheOrderOfTheirCounts() {
    PopularItems ranked = PopularItems.of(Map.of("d", 1, "c", 5L, "a", 5, "b", 9L));

    assertThat(ranked.items()).containsExactly("b", "a", "c", "d");
    assertThat(ranked.count(1)).isEqualTo(5);
  }

  @Test
  void coldUsersGetThePopularListOrNone() {
    ItemVectors vectors = new ItemVectors(List.of("a"), 1, new float[] {1}, new float[] {1});
    Dataset<Row> users = users(List.of(RowFactory.create("cold", new String[] {"b", "unknown"})));

    Row popular = new Recommender(2, ColdUsers.POPULAR, POPULAR).byVectors(users, vectors).first();
    Row skipped = new Recommender(2, ColdUsers.SKIP, POPULAR).byVectors(users, vectors).first();
    Row denied =
        new Recommender(2, ColdUsers.POPULAR, POPULAR)
            .seen(Seen.KEEP)
            .without(Set.of("a"))
            .byVectors(users, vectors)
            .first();

    assertThat(items(popular)).containsExactly("a", "d");
    assertThat(popular.<Float>getList(3)).containsExactly(5f, 1f);
    assertThat(popular.getBoolean(4)).isTrue();
    assertThat(skipped.isNullAt(2)).isTrue();
    assertThat(skipped.getBoolean(4)).isTrue();
    assertThat(items(denied)).containsExactly("b", "d");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    assertThatThrownBy(
            () ->
                new ItemVectors(
                    List.of("a", "b"), 1, new float[] {1, 1}, new float[] {1, Float.NaN}))
        .hasMessage("item vectors hold NaN, at item 'b'");
    assertThatThrownBy(
            () -> new ItemVectors(List.of("a", "a"), 1, new float[] {1, 1}, new float[] {1, 1}))
        .hasMessageContaining("'a' is there twice");
    ItemVectors large = new ItemVectors(List.of("a"), 1, new float[] {2}, new float[] {2e38f});
    assertThatThrownBy(
            () ->
                new Recommender(1)
                    .byVectors(users(List.of(RowFactory.create("u", new String[] {"a"}))), large)
                    .collectAsList())
        .hasStackTraceContaining("scores are not finite");
    assertThatThrownBy(() -> new Recommender(0)).hasMessageContaining("k = 0");
  }

  /** ALS's own recommendations are the same products, up to the order in which they are added. */
  @Test
  void alsFactorsGiveAlsRecommendations() {
    List<Row> ratings = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 900; i++) {
      ratings.add(RowFactory.create(random.nextInt(40), random.nextInt(60), 1f));
    }
    StructType schema =
        new StructType()
            .add("user", DataTypes.IntegerType)
            .add("item", DataTypes.IntegerType)
            .add("rating", DataTypes.FloatType);
    ALSModel model =
        new ALS()
            .setImplicitPrefs(true)
            .setRank(8)
            .setMaxIter(3)
            .setSeed(1)
            .fit(spark.createDataFrame(ratings, schema).distinct());

    List<Row> ours =
        new Recommender(5)
            .byProfiles(
                model.userFactors().withColumnRenamed("id", "user"),
                "features",
                model.itemFactors().toDF("item", "vector"))
            .orderBy("user")
            .collectAsList();
    List<Row> sparks = model.recommendForAllUsers(5).orderBy("user").collectAsList();

    assertThat(ours).hasSameSizeAs(sparks);
    for (int user = 0; user < ours.size(); user++) {
      List<Row> list = sparks.get(user).getList(1);
      assertThat(items(ours.get(user)))
          .isEqualTo(list.stream().map(row -> String.valueOf(row.getInt(0))).toList());
    }
  }

  @Test
  void similarItemsOfAWholeCatalogue() {
    StructType schema =
        new StructType().add("item", DataTypes.StringType).add("vector", SQLDataTypes.VectorType());
    Dataset<Row> items =
        spark.createDataFrame(
            List.of(
                RowFactory.create("east", Vectors.dense(2, 0)),
                RowFactory.create("north", Vectors.dense(0, 3)),
                RowFactory.create("northeast", Vectors.dense(1, 1)),
                RowFactory.create("nowhere", Vectors.dense(0, 0))),
            schema);

    List<Row> lists = new Recommender(2).similarItems(items).orderBy("user").collectAsList();

    assertThat(lists).extracting(row -> row.getString(0)).hasSize(4).contains("nowhere");
    assertThat(items(lists.get(0))).containsExactly("northeast", "north");
    assertThat((double) lists.get(0).<Float>getList(2).get(0))
        .isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(items(lists.get(3))).containsExactly("east", "north");

    ItemVectors model =
        new ItemVectors(
            List.of("northeast", "north", "nowhere", "east"),
            2,
            new float[] {1, 1, 0, 3, 0, 0, 2, 0},
            new float[8]); // targets have no part in it
    assertThat(new Recommender(2).similarItems(spark, model).orderBy("user").collectAsList())
        .isEqualTo(lists);
    assertThat(
            new Recommender(2)
                .without(List.of("northeast"))
                .similarItems(spark, model)
                .orderBy("user")
                .collectAsList())
        .extracting(RecommenderTest::items)
        .containsExactly(
            List.of("north", "nowhere"),
            List.of("east", "nowhere"),
            List.of("east", "north"),
            List.of("east", "north"));
  }

  @Test
  void itemsWithoutVectorsHaveNoSimilarItems() {
    ItemVectors weights = ItemVectors.ofWeights(List.of("a", "b"), new float[] {0, 1, 1, 0});
    assertThatThrownBy(() -> new Recommender(1).similarItems(spark, weights))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no vectors and so no similar items");
  }

  @Test
  void itemVectorsOfSeveralLengthsAreRefused() {
    StructType schema =
        new StructType()
            .add("item", DataTypes.StringType)
            .add("vector", DataTypes.createArrayType(DataTypes.DoubleType));
    Dataset<Row> items =
        spark.createDataFrame(
            List.of(
                RowFactory.create("a", new Double[] {1.0}),
                RowFactory.create("b", new Double[] {1.0, 2.0})),
            schema);

    assertThatThrownBy(() -> new Recommender(1).similarItems(items))
        .hasMessage("item vectors of 1 to 2 values: must be of one length, >= 1");
  }

  @Test
  void weightsBetweenItemsAddUpOverTheContext() {
    List<String> ids = List.of("c", "a", "b");
    float[] weights = {0, 5, 1, 1, 0, 2, 3, 4, 0};
    Dataset<Row> users =
        users(
            List.of(
                RowFactory.create("u", new String[] {"c"}),
                RowFactory.create("v", new String[] {"a", "c"})));

    List<Row> lists =
        new Recommender(3).byVectors(users, ItemVectors.ofWeights(ids, weights)).collectAsList();

    assertThat(items(lists.get(0))).containsExactly("a", "b");
    assertThat(lists.get(0).<Float>getList(3)).containsExactly(5f, 1f);
    assertThat(lists.get(1).<Float>getList(3)).containsExactly(1.5f);
  }

  @Test
  void everyBlockOfALongPartitionIsScored() {
    LiteralLists literal = new LiteralLists(new Random(9), 40);
    List<Row> lists =
        new Recommender(4)
            .byVectors(literal.users(spark, 1_500).coalesce(1), literal.vectors())
            .collectAsList();

    assertThat(lists).hasSize(1_500);
    assertThat(new TreeSet<>(lists.stream().map(row -> row.getString(0)).toList())).hasSize(1_500);
    check(
        literal,
        spark.createDataFrame(lists, lists.get(0).schema()),
        4,
        Seen.LEAVE_OUT,
        Set.of(),
        9);
    assertThat(IntStream.range(0, 1_500).mapToObj(i -> "u" + i).toList())
        .isEqualTo(lists.stream().map(row -> row.getString(0)).toList());
  }

  private static Dataset<Row> users(List<Row> rows) {
    return spark.createDataFrame(rows, LiteralLists.USERS).coalesce(1);
  }
}
