package io.github.item2vec.job.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.github.item2vec.data.Columns;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.recommend.ColdUsers;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.train.onetask.CurrentVectors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What trials train on and are measured on: each user's items and held-out items, as numbers in the
 * order of the ids. Small enough for the driver; broadcast once.
 */
final class TuningData implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int K = RankingMetric.K;

  private final int items;
  private final int[][] contexts;
  private final int[][] heldOut;
  private final int[][] leftOut;
  private final ColdUsers coldUsers;

  /** Items by falling count in the contexts. */
  private final int[] popular;

  private TuningData(int items, int[][][] users, ColdUsers coldUsers) {
    this.items = items;
    this.contexts = column(users, 0);
    this.heldOut = column(users, 1);
    this.leftOut = column(users, 2);
    this.coldUsers = coldUsers;
    long[] counts = new long[items];
    Arrays.stream(contexts).flatMapToInt(Arrays::stream).forEach(item -> counts[item]++);
    this.popular =
        IntStream.range(0, items)
            .filter(item -> counts[item] > 0)
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(item -> -counts[item]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * Brings the data to the driver: the ids, one shuffle; then the users as numbers.
   *
   * @param users columns {@code train}, {@code test} and {@code leaveOut}: the items to learn from,
   *     those held out, and what is not recommended
   */
  static TuningData collect(Dataset<Row> users, ColdUsers coldUsers) {
    List<Row> ids =
        users
            .select(explode(col(Columns.TRAIN)).as(Columns.ITEM))
            .union(users.select(explode(col(Columns.TEST)).as(Columns.ITEM)))
            .distinct()
            .orderBy(Columns.ITEM)
            .collectAsList();
    Map<String, Integer> numbers = new HashMap<>();
    for (Row id : ids) {
      numbers.put(id.getString(0), numbers.size());
    }
    Broadcast<Map<String, Integer>> broadcast =
        JavaSparkContext.fromSparkContext(users.sparkSession().sparkContext()).broadcast(numbers);
    List<int[][]> rows =
        users
            .select(Columns.TRAIN, Columns.TEST, Recommendations.LEAVE_OUT)
            .javaRDD()
            .map(row -> numbers(row, broadcast.value()))
            .collect();
    broadcast.destroy();
    int[][][] sorted = rows.toArray(int[][][]::new);
    Arrays.sort( // sums of metrics do not depend on how the rows came
        sorted,
        Comparator.<int[][], int[]>comparing(row -> row[0], Arrays::compare)
            .thenComparing(row -> row[1], Arrays::compare)
            .thenComparing(row -> row[2], Arrays::compare));
    return new TuningData(numbers.size(), sorted, coldUsers);
  }

  private static int[][] column(int[][][] users, int column) {
    return Arrays.stream(users).map(user -> user[column]).toArray(int[][]::new);
  }

  private static int[][] numbers(Row user, Map<String, Integer> numbers) {
    return new int[][] {
      numbers(user.getList(0), numbers),
      numbers(user.getList(1), numbers),
      numbers(user.getList(2), numbers)
    };
  }

  private static int[] numbers(List<String> ids, Map<String, Integer> numbers) {
    return ids.stream().filter(numbers::containsKey).mapToInt(numbers::get).toArray();
  }

  int items() {
    return items;
  }

  int[][] contexts() {
    return contexts;
  }

  /** map@10 of these vectors over all users with held-out items, as a run would report it. */
  double meanAveragePrecision(CurrentVectors vectors) {
    double sum = 0;
    int users = 0;
    for (int user = 0; user < contexts.length; user++) {
      int relevant = (int) Arrays.stream(heldOut[user]).distinct().count();
      if (relevant > 0) {
        users++;
        sum += RankingMetric.MAP.of(hits(user, vectors), relevant, K);
      }
    }
    return users == 0 ? Double.NaN : sum / users;
  }

  private boolean[] hits(int user, CurrentVectors vectors) {
    if (!vectors.knowsAny(contexts[user])) {
      return coldUsers == ColdUsers.POPULAR ? popularHits(user) : new boolean[0];
    }
    boolean[] hits = new boolean[K];
    for (int rank : vectors.ranks(contexts[user], leftOut[user], heldOut[user])) {
      if (rank <= K) {
        hits[rank - 1] = true;
      }
    }
    return hits;
  }

  private boolean[] popularHits(int user) {
    Set<Integer> seen = new HashSet<>();
    Arrays.stream(leftOut[user]).forEach(seen::add);
    int[] list = Arrays.stream(popular).filter(item -> !seen.contains(item)).limit(K).toArray();
    boolean[] hits = new boolean[list.length];
    for (int i = 0; i < list.length; i++) {
      int item = list[i];
      hits[i] = Arrays.stream(heldOut[user]).anyMatch(wanted -> wanted == item);
    }
    return hits;
  }
}
