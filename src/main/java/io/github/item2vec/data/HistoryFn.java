package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Gathers the records of {@link RowPacker}, sorted by user, into one row a user; runs in tasks,
 * streaming, with one user's distinct items in memory. Rejected rows pass through as rows of no
 * user.
 */
final class HistoryFn implements MapPartitionsFunction<Row, Row> {
  static final String DUPLICATES = "duplicates";
  static final String ROWS = "rows";

  private static final long serialVersionUID = 1L;
  private static final String NOBODY = "";
  private static final String[] NO_ITEMS = {};
  private static final Double[] NO_TIMES = {};
  private static final Integer[] NO_PLACES = {};

  private final Order order;

  HistoryFn(Order order) {
    this.order = order;
  }

  /**
   * user, items and times (maybe empty), likewise what was rated below the minimum, rows of the
   * input and those of them that are duplicates; of a rejected row, no items and {@link
   * RejectedRows#schema}.
   */
  static StructType schema() {
    return new StructType()
        .add(Columns.USER, DataTypes.StringType, false)
        .add(Columns.ITEMS, DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add(Columns.TIMES, DataTypes.createArrayType(DataTypes.DoubleType, false), false)
        .add(Columns.RATED, DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add(Columns.RATED_AT, DataTypes.createArrayType(DataTypes.IntegerType, false), false)
        .add(Columns.RATED_TIMES, DataTypes.createArrayType(DataTypes.DoubleType, false), false)
        .add(ROWS, DataTypes.LongType, false)
        .add(DUPLICATES, DataTypes.LongType, false)
        .add(RowPacker.REJECTED, RejectedRows.schema());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    return new Histories(records, new History(order));
  }

  private static final class Histories implements Iterator<Row> {
    private final Iterator<Row> records;
    private final History history;
    private Row ahead;

    Histories(Iterator<Row> records, History history) {
      this.records = records;
      this.history = history;
      advance();
    }

    private void advance() {
      ahead = records.hasNext() ? records.next() : null;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public Row next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      if (ahead.isNullAt(0)) {
        Row rejected =
            RowFactory.create(
                NOBODY, NO_ITEMS, NO_TIMES, NO_ITEMS, NO_PLACES, NO_TIMES, 1L, 0L, ahead.get(2));
        advance();
        return rejected;
      }
      String user = ahead.getString(0);
      history.clear();
      while (ahead != null && user.equals(ahead.get(0))) {
        history.add((byte[]) ahead.get(1));
        advance();
      }
      int[] kept = history.kept();
      int[] rated = history.rated();
      return RowFactory.create(
          user,
          history.items(kept),
          history.times(kept),
          history.items(rated),
          history.before(kept, rated),
          history.times(rated),
          history.rows(),
          history.duplicates(),
          null);
    }
  }
}
