package io.github.item2vec.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Lists under a rule, next to literal scores in double precision. */
class ProfileRuleTest extends SparkTest {
  private static final int ITEMS = 60;
  private static final int SIZE = 5;
  private static final int K = 10;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> ids =
      IntStream.range(0, ITEMS).mapToObj(i -> "item " + (i * 37 % ITEMS)).toList();
  private final float[] contexts = floats(ITEMS * SIZE);
  private final float[] targets = floats(ITEMS * SIZE);
  private final ProfileRule rule =
      new ProfileRule(
          LagWeights.of(random.doubles(LagWeights.BUCKETS, 0.1, 3).toArray()),
          0.15,
          table(),
          table());

  private float[] floats(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private ItemTable table() {
    int[] starts = new int[ITEMS + 1];
    List<Integer> columns = new ArrayList<>();
    for (int item = 0; item < ITEMS; item++) {
      IntStream.range(0, ITEMS).filter(j -> random.nextInt(6) == 0).forEach(columns::add);
      starts[item + 1] = columns.size();
    }
    return new ItemTable(
        starts, columns.stream().mapToInt(i -> i).toArray(), floats(columns.size()));
  }

  private List<String> some(int most) {
    List<String> all = new ArrayList<>(ids);
    Collections.shuffle(all, random);
    List<String> some = new ArrayList<>(all.subList(0, random.nextInt(most + 1)));
    some.add(random.nextInt(some.size() + 1), "unknown");
    return some;
  }

  private static StructType schema() {
    StructType schema = new StructType().add("user", DataTypes.StringType, false);
    for (String column : List.of("context", "rated", "leaveOut")) {
      schema = schema.add(column, DataTypes.createArrayType(DataTypes.StringType));
    }
    return schema;
  }

  private double[] scores(List<String> context, List<String> rated) {
    List<Integer> known = context.stream().map(ids::indexOf).filter(i -> i >= 0).toList();
    List<Integer> low = rated.stream().map(ids::indexOf).filter(i -> i >= 0).toList();
    double whole = 0;
    double greatest = 0;
    for (int lag = 1; lag <= known.size(); lag++) {
      whole += rule.lags().weight(lag);
      greatest = Math.max(greatest, rule.lags().weight(lag));
    }
    double[] profile = new double[SIZE];
    double[] scores = new double[ITEMS];
    for (int i = 0; i < known.size(); i++) {
      int lag = known.size() - i;
      double weight = rule.lags().weight(lag);
      for (int d = 0; d < SIZE; d++) {
        profile[d] += weight / whole * contexts[known.get(i) * SIZE + d];
      }
      if (lag <= ProfileRule.LAST) {
        addRow(scores, rule.transitions(), known.get(i), weight / whole);
      }
      addRow(scores, rule.neighbours(), known.get(i), weight / greatest);
    }
    for (int item : low) {
      for (int d = 0; d < SIZE; d++) {
        profile[d] += 0.15 / low.size() * contexts[item * SIZE + d];
      }
    }
    for (int item = 0; item < ITEMS; item++) {
      for (int d = 0; d < SIZE; d++) {
        scores[item] += profile[d] * targets[item * SIZE + d];
      }
    }
    return scores;
  }

  private static void addRow(double[] scores, ItemTable table, int row, double factor) {
    int[] columns = table.columns(row);
    float[] values = table.values(row);
    for (int i = 0; i < columns.length; i++) {
      scores[columns[i]] += factor * values[i];
    }
  }

  @Test
  void listsAreThoseOfLiteralScores() {
    System.out.println("ProfileRuleTest seed " + seed);
    List<Row> rows = new ArrayList<>();
    Map<String, List<List<String>>> given = new HashMap<>();
    for (int user = 0; user < 40; user++) {
      List<List<String>> columns = List.of(some(30), some(8), some(4));
      given.put("u" + user, columns);
      rows.add(
          RowFactory.create(
              "u" + user,
              columns.get(0).toArray(String[]::new),
              user % 5 == 0 ? null : columns.get(1).toArray(String[]::new),
              columns.get(2).toArray(String[]::new)));
    }
    Dataset<Row> users = spark.createDataFrame(rows, schema()).repartition(3);
    ItemVectors vectors = new ItemVectors(ids, SIZE, contexts, targets).under(rule);
    for (Seen seen : Seen.values()) {
      for (Row row :
          new Recommender(K)
              .seen(seen)
              .without(Set.of("item 3"))
              .byVectors(users, vectors)
              .collectAsList()) {
        List<List<String>> columns = given.get(row.getString(0));
        List<String> rated = row.isNullAt(1) || row.isNullAt(2) ? List.of() : columns.get(1);
        check(row, columns.get(0), rated, columns.get(2), seen);
      }
    }
  }

  private void check(
      Row row, List<String> context, List<String> rated, List<String> leaveOut, Seen seen) {
    if (context.stream().noneMatch(ids::contains)) {
      assertThat(row.getBoolean(row.fieldIndex(Recommendations.COLD))).isTrue();
      return;
    }
    double[] scores = scores(context, rated);
    Set<String> out = new HashSet<>(leaveOut);
    out.add("item 3");
    if (seen == Seen.LEAVE_OUT) {
      out.addAll(context);
      out.addAll(rated);
    }
    double[] best =
        IntStream.range(0, ITEMS)
            .filter(item -> !out.contains(ids.get(item)))
            .mapToDouble(item -> -scores[item])
            .sorted()
            .limit(K)
            .map(x -> -x)
            .toArray();
    List<String> items = row.getList(row.fieldIndex(Recommendations.ITEMS));
    List<Float> listed = row.getList(row.fieldIndex(Recommendations.SCORES));
    assertThat(items).as("seed %d", seed).hasSize(best.length).doesNotContainAnyElementsOf(out);
    for (int rank = 0; rank < best.length; rank++) {
      double score = scores[ids.indexOf(items.get(rank))];
      assertThat(score).as("seed %d", seed).isEqualTo(best[rank], within(1e-4));
      assertThat((double) listed.get(rank)).as("seed %d", seed).isEqualTo(score, within(1e-4));
    }
  }

  @Test
  void aRuleForOtherItemsIsRefused() {
    ItemVectors vectors = new ItemVectors(ids, SIZE, contexts, targets);
    assertThatThrownBy(() -> vectors.under(ProfileRule.mean(7)))
        .hasMessage("a rule for 7 items, vectors for 60");
    assertThatThrownBy(
            () -> new ProfileRule(LagWeights.even(), -1, ItemTable.empty(1), ItemTable.empty(1)))
        .hasMessage("weight of rated items -1.0: must be >= 0");
    assertThatThrownBy(() -> LagWeights.of(new double[] {1, 2}))
        .hasMessage("lag weights [1.0, 2.0]: must be 12 finite values above 0");
  }

  @Test
  void lagsShareWeightsByBuckets() {
    assertThat(IntStream.of(1, 2, 4, 5, 6, 7, 9, 10, 100, 101, 5_000).map(LagWeights::bucket))
        .containsExactly(0, 1, 3, 4, 4, 5, 5, 6, 10, 11, 11);
    assertThat(IntStream.range(0, LagWeights.BUCKETS).mapToObj(LagWeights::lags))
        .contains("1", "5-6", "61-100", "over 100");
  }
}
