package io.github.item2vec.recommend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The literal twin of {@link Recommender}: every item scored in double precision and sorted.
 * Vectors hold multiples of four, so that every sum is exact and ties are real ties.
 */
final class LiteralLists {
  static final StructType USERS =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("context", DataTypes.createArrayType(DataTypes.StringType), false);

  private final Random random;
  private final List<String> ids = new ArrayList<>();
  private final int size;
  private final float[] contexts;
  private final float[] targets;

  LiteralLists(Random random, int items) {
    this.random = random;
    for (int i = 0; i < items; i++) {
      ids.add("item " + (i * 7919 % 997));
    }
    size = 1 + random.nextInt(9);
    contexts = multiplesOfFour(items * size);
    targets = multiplesOfFour(items * size);
  }

  private float[] multiplesOfFour(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 4 * (random.nextInt(3) - 1);
    }
    return values;
  }

  ItemVectors vectors() {
    return new ItemVectors(ids, size, contexts, targets);
  }

  /** Some have seen one item, some all. */
  Dataset<Row> users(SparkSession spark, int count) {
    List<Row> users = new ArrayList<>();
    for (int user = 0; user < count; user++) {
      users.add(RowFactory.create("u" + user, context()));
    }
    return spark.createDataFrame(users, USERS);
  }

  /** The users with their profiles; every seventh has none. */
  Dataset<Row> profiles(SparkSession spark, int count) {
    List<Row> users = new ArrayList<>();
    for (int user = 0; user < count; user++) {
      String[] context = context();
      float[] profile = vectors().profile(List.of(context));
      users.add(RowFactory.create("u" + user, context, user % 7 == 6 ? null : profile));
    }
    return spark
        .createDataFrame(
            users, USERS.add("profile", DataTypes.createArrayType(DataTypes.FloatType, false)))
        .repartition(3);
  }

  Dataset<Row> items(SparkSession spark, Set<String> ineligible) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      float[] vector = new float[size];
      System.arraycopy(targets, i * size, vector, 0, size);
      rows.add(RowFactory.create(ids.get(i), vector, !ineligible.contains(ids.get(i))));
    }
    return spark
        .createDataFrame(
            rows,
            new StructType()
                .add("item", DataTypes.StringType)
                .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false))
                .add("eligible", DataTypes.BooleanType))
        .repartition(3);
  }

  /** As many as a power of two, some of them again and again, so that their mean is exact. */
  private String[] context() {
    boolean all = random.nextInt(4) == 0;
    int length = all ? 2 * Integer.highestOneBit(ids.size()) : 1 << random.nextInt(3);
    String[] context = new String[length];
    for (int i = 0; i < length; i++) {
      context[i] = ids.get(all ? i % ids.size() : random.nextInt(ids.size()));
    }
    return context;
  }

  Set<String> someItems(Random random, int oneIn) {
    Set<String> some = new HashSet<>();
    for (String id : ids) {
      if (random.nextInt(oneIn) == 0) {
        some.add(id);
      }
    }
    return some;
  }

  Set<String> allBut(Set<String> allowed, Set<String> denied) {
    Set<String> others = new HashSet<>(ids);
    others.removeAll(allowed);
    others.addAll(denied);
    return others;
  }

  /** The mean left out: it scales all scores of a user. */
  List<String> list(List<String> context, int k, Seen seen, Set<String> not) {
    double[] profile = new double[size];
    for (String item : context) {
      for (int d = 0; d < size; d++) {
        profile[d] += contexts[ids.indexOf(item) * size + d];
      }
    }
    Comparator<String> byScore = Comparator.comparingDouble(id -> -score(profile, id));
    return ids.stream()
        .filter(id -> seen == Seen.KEEP || !context.contains(id))
        .filter(id -> !not.contains(id))
        .sorted(byScore.thenComparing(Comparator.naturalOrder()))
        .limit(k)
        .toList();
  }

  private double score(double[] profile, String id) {
    double sum = 0;
    for (int d = 0; d < size; d++) {
      sum += profile[d] * targets[ids.indexOf(id) * size + d];
    }
    return sum;
  }

  @Override
  public String toString() {
    return "%d items x %d".formatted(ids.size(), size);
  }
}
