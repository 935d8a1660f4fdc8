package io.github.item2vec.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RecommenderTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("context", DataTypes.createArrayType(DataTypes.StringType), false);
  private static final PopularItems POPULAR =
      new PopularItems(List.of("b", "a", "d"), new long[] {9, 5, 1});

  /** Vectors of small whole numbers: every sum is exact, so ties are real ties. */
  @Test
  void equalsAFullSortOnRandomCases() {
    long seed = System.nanoTime();
    System.out.println("RecommenderTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      int items = 1 + random.nextInt(50);
      int k = 1 + random.nextInt(60);
      int size = 1 + random.nextInt(9);
      float[] contexts = wholeNumbers(random, items * size);
      float[] targets = wholeNumbers(random, items * size);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < items; i++) {
        ids.add("item " + (i * 7919 % 997));
      }
      List<Row> users = new ArrayList<>();
      for (int user = 0; user < 20; user++) {
        int length = random.nextInt(4) == 0 ? items : 1 << random.nextInt(3);
        String[] context = new String[length];
        for (int i = 0; i < length; i++) {
          context[i] = ids.get(length == items ? i : random.nextInt(items));
        }
        users.add(RowFactory.create("u" + user, context));
      }
      Recommender recommender = new Recommender(k, ColdUsers.SKIP, POPULAR);
      for (Row list :
          recommender
              .byVectors(users(users), new ItemVectors(ids, size, contexts, targets))
              .collectAsList()) {
        List<String> context = list.getList(1);
        assertThat(list.<String>getList(2))
            .as("seed %d round %d", seed, round)
            .isEqualTo(literal(ids, size, contexts, targets, context, k));
      }
    }
  }

  @Test
  void coldUsersGetThePopularListOrNone() {
    ItemVectors vectors = new ItemVectors(List.of("a"), 1, new float[] {1}, new float[] {1});
    Dataset<Row> users = users(List.of(RowFactory.create("cold", new String[] {"b", "unknown"})));

    Row popular = new Recommender(2, ColdUsers.POPULAR, POPULAR).byVectors(users, vectors).first();
    Row skipped = new Recommender(2, ColdUsers.SKIP, POPULAR).byVectors(users, vectors).first();

    assertThat(popular.<String>getList(2)).containsExactly("a", "d");
    assertThat(popular.<Float>getList(3)).containsExactly(5f, 1f);
    assertThat(popular.getBoolean(4)).isTrue();
    assertThat(skipped.isNullAt(2)).isTrue();
    assertThat(skipped.getBoolean(4)).isTrue();
  }

  private static Dataset<Row> users(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA).repartition(3);
  }

  private static float[] wholeNumbers(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 4 * (random.nextInt(3) - 1);
    }
    return values;
  }

  /** Double precision, every unseen item scored and sorted; the mean left out: it scales all. */
  private static List<String> literal(
      List<String> ids, int size, float[] contexts, float[] targets, List<String> context, int k) {
    double[] profile = new double[size];
    for (String item : context) {
      for (int d = 0; d < size; d++) {
        profile[d] += contexts[ids.indexOf(item) * size + d];
      }
    }
    Set<String> seen = new HashSet<>(context);
    Comparator<String> byScore =
        Comparator.comparingDouble(id -> -dot(profile, targets, ids.indexOf(id) * size));
    return ids.stream()
        .filter(id -> !seen.contains(id))
        .sorted(byScore.thenComparing(Comparator.naturalOrder()))
        .limit(k)
        .toList();
  }

  private static double dot(double[] profile, float[] rows, int from) {
    double sum = 0;
    for (int d = 0; d < profile.length; d++) {
      sum += profile[d] * rows[from + d];
    }
    return sum;
  }
}
