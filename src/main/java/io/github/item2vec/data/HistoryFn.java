package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Gathers rows (user, item, rating, timestamp), sorted by user and then in order, into one row a
 * user; runs in tasks, streaming, with one user's distinct items in memory and constant work a row.
 *
 * <p>The last row of an item is the user's opinion and the item's place; if it is below the minimum
 * the item is not kept. Earlier rows of the item are duplicates.
 */
final class HistoryFn implements MapPartitionsFunction<Row, Row> {
  static final String DUPLICATES = "duplicates";

  private static final long serialVersionUID = 1L;

  private final double minRating;

  HistoryFn(double minRating) {
    this.minRating = minRating;
  }

  /** user, items, times, duplicates; items may be empty. */
  static StructType schema() {
    return new StructType()
        .add(Columns.USER, DataTypes.StringType, false)
        .add(Columns.ITEMS, DataTypes.createArrayType(DataTypes.StringType, false), false)
        .add(Columns.TIMES, DataTypes.createArrayType(DataTypes.DoubleType, false), false)
        .add(DUPLICATES, DataTypes.LongType, false);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Histories(rows, minRating);
  }

  private static final class Histories implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final double minRating;
    private Row ahead;

    Histories(Iterator<Row> rows, double minRating) {
      this.rows = rows;
      this.minRating = minRating;
      this.ahead = rows.hasNext() ? rows.next() : null;
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
      String user = ahead.getString(0);
      Map<String, Opinion> last = new LinkedHashMap<>();
      long duplicates = 0;
      while (ahead != null && user.equals(ahead.getString(0))) {
        if (last.remove(ahead.getString(1)) != null) {
          duplicates++;
        }
        last.put(ahead.getString(1), new Opinion(ahead.getDouble(2), ahead.getDouble(3)));
        ahead = rows.hasNext() ? rows.next() : null;
      }
      List<String> kept = new ArrayList<>(last.size());
      List<Double> times = new ArrayList<>(last.size());
      last.forEach(
          (item, opinion) -> {
            if (opinion.rating() >= minRating) {
              kept.add(item);
              times.add(opinion.time());
            }
          });
      return RowFactory.create(
          user, kept.toArray(new String[0]), times.toArray(new Double[0]), duplicates);
    }
  }

  private record Opinion(double rating, double time) {}
}
