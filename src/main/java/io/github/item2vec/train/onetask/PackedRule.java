package io.github.item2vec.train.onetask;

import io.github.item2vec.math.IntList;
import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A {@link ProfileRule} as rows of a task's answer: one of its numbers, then pieces of its tables,
 * each some rows of one of them. Their first value is {@link #NUMBERS}, {@link #TRANSITIONS} or
 * {@link #NEIGHBOURS}, where other rows have an item's index.
 */
public final class PackedRule {
  static final int NUMBERS = -2;
  static final int TRANSITIONS = -3;
  static final int NEIGHBOURS = -4;

  /** Entries of a piece, 8 bytes each. */
  private static final int PIECE = 1 << 18;

  private PackedRule() {}

  static Stream<Row> rows(ProfileRule rule) {
    double[] numbers = Arrays.copyOf(rule.lags().values(), LagWeights.BUCKETS + 1);
    numbers[LagWeights.BUCKETS] = rule.rated();
    return Stream.of(
            Stream.of(RowFactory.create(NUMBERS, numbers)),
            pieces(TRANSITIONS, rule.transitions()),
            pieces(NEIGHBOURS, rule.neighbours()))
        .flatMap(rows -> rows);
  }

  private static Stream<Row> pieces(int kind, ItemTable table) {
    List<int[]> ranges = new ArrayList<>();
    for (int from = 0; from < table.items(); ) {
      int to = from + 1;
      while (to < table.items() && table.start(to + 1) - table.start(from) <= PIECE) {
        to++;
      }
      ranges.add(new int[] {from, to});
      from = to;
    }
    return ranges.stream().map(range -> piece(kind, table, range[0], range[1]));
  }

  private static Row piece(int kind, ItemTable table, int from, int to) {
    int[] ends = new int[to - from];
    Arrays.setAll(ends, i -> table.start(from + i + 1));
    int start = table.start(from);
    int[] columns = new int[table.start(to) - start];
    float[] values = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = table.column(start + i);
      values[i] = table.value(start + i);
    }
    return RowFactory.create(kind, ends, columns, values);
  }

  /** Whether a row of a task's answer belongs to its rule. */
  public static boolean isIn(Row row) {
    return row.getInt(0) <= NUMBERS;
  }

  /**
   * The rule again.
   *
   * @param rows those that {@link #isIn}, in their order; other rows are passed over
   * @param items of the tables
   */
  public static ProfileRule of(List<Row> rows, int items) {
    double[] numbers =
        (double[])
            rows.stream().filter(row -> row.getInt(0) == NUMBERS).findFirst().orElseThrow().get(1);
    return new ProfileRule(
        LagWeights.of(Arrays.copyOf(numbers, LagWeights.BUCKETS)),
        numbers[LagWeights.BUCKETS],
        table(rows, TRANSITIONS, items),
        table(rows, NEIGHBOURS, items));
  }

  private static ItemTable table(List<Row> rows, int kind, int items) {
    int[] starts = new int[items + 1];
    int item = 0;
    List<Row> pieces = rows.stream().filter(row -> row.getInt(0) == kind).toList();
    for (Row piece : pieces) {
      for (int end : (int[]) piece.get(1)) {
        starts[++item] = end;
      }
    }
    IntList columns = new IntList();
    float[] values = new float[starts[items]];
    int at = 0;
    for (Row piece : pieces) {
      columns.addAll((int[]) piece.get(2));
      float[] some = (float[]) piece.get(3);
      System.arraycopy(some, 0, values, at, some.length);
      at += some.length;
    }
    return new ItemTable(starts, columns.toArray(), values);
  }
}
