package io.github.item2vec.data;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The split that holds out each user's last rows: of n rows the last min(n, test) are the test
 * part, the (at most) {@code validation} before them the validation part, the rest, maybe none, is
 * for training.
 *
 * <p>It leaks the future: "last" is per user, so the training rows of one user may be later than
 * the test rows of another. A model sees co-occurrences and popularity from after the moment it is
 * tested at, and figures are rosier than a split at one point in time would give.
 *
 * @param test rows held out for the test, a user, at least 0
 * @param validation rows held out before those, a user, at least 0
 */
public record LeaveLast(int test, int validation) implements Split {

  public LeaveLast {
    if (test < 0 || validation < 0) {
      throw new IllegalArgumentException(
          "rows to leave out must be >= 0, got test " + test + ", validation " + validation);
    }
  }

  @Override
  public Dataset<Row> split(Dataset<Row> histories) {
    Column items = col(Columns.ITEMS);
    Column n = array_size(items);
    Column tested = least(n, lit(test));
    Column validated = least(n.minus(tested), lit(validation));
    Column trained = n.minus(tested).minus(validated);
    Column one = lit(1);
    Column seen = n.minus(tested);
    List<Column> columns = new ArrayList<>();
    columns.add(col(Columns.USER));
    columns.add(slice(items, one, trained).as(Columns.TRAIN));
    columns.add(slice(items, trained.plus(one), validated).as(Columns.VALIDATION));
    columns.add(slice(items, trained.plus(validated).plus(one), tested).as(Columns.TEST));
    if (Split.knowsRated(histories)) {
      columns.add(filter(col(Columns.RATED), (item, i) -> ratedAt(i).leq(seen)).as(Columns.RATED));
      columns.add(filter(col(Columns.RATED_AT), at -> at.leq(seen)).as(Columns.RATED_AT));
    }
    return histories.select(columns.toArray(Column[]::new));
  }

  private static Column ratedAt(Column i) {
    return element_at(col(Columns.RATED_AT), i.plus(1));
  }

  @Override
  public String description() {
    return "leave last " + test + " out";
  }

  @Override
  public String leak() {
    return "Leave-last-out lets the model see other users' later ratings: co-occurrences and"
        + " popularity from after the moment that a user is tested at. Figures are rosier than those"
        + " of a split at one point in time.";
  }
}
