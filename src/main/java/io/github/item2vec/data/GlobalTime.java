package io.github.item2vec.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The split at one or two points in time, the same for all users: rows from {@code testFrom} on are
 * the test part, those before it from {@code validationFrom} on the validation part, earlier ones
 * the train part. Rows of the same time are never parted: they go to the later part.
 *
 * @param validationFrom first time of the validation part; the same as testFrom for none
 * @param testFrom first time of the test part
 */
public record GlobalTime(double validationFrom, double testFrom) implements Split {

  public GlobalTime {
    if (!(validationFrom <= testFrom)) {
      throw new IllegalArgumentException(
          "validation from %s, test from %s: must not be later"
              .formatted(validationFrom, testFrom));
    }
  }

  /**
   * The points in time at which the given shares of all rows, rounded up, are left. Exact: the
   * times are sorted (one shuffle) and three small jobs look at them.
   *
   * @param histories with a column of times
   * @param test share of the rows for the test part, between 0 and 1, both excluded
   * @param validation share for the validation part, at least 0
   * @throws BadInputException when no row is earlier than these parts
   */
  public static GlobalTime ofShares(Dataset<Row> histories, double test, double validation) {
    if (!(test > 0 && validation >= 0 && test + validation < 1)) {
      throw new IllegalArgumentException(
          "shares of %s for test and %s for validation: must leave some for training"
              .formatted(test, validation));
    }
    Dataset<Row> times =
        histories.select(explode(col(Columns.TIMES)).as(Columns.TIMESTAMP)).cache();
    try {
      long rows = times.count();
      double testFrom = at(times, rows, rows - (long) Math.ceil(rows * test));
      double validationFrom =
          validation == 0
              ? testFrom
              : at(times, rows, rows - (long) Math.ceil(rows * (test + validation)));
      if (times.where(col(Columns.TIMESTAMP).lt(validationFrom)).isEmpty()) {
        throw new BadInputException(
            "split by time: no row is earlier than %s; are there timestamps?"
                .formatted(number(validationFrom)));
      }
      return new GlobalTime(validationFrom, testFrom);
    } finally {
      times.unpersist();
    }
  }

  /** The time at a place of the sorted times. */
  private static double at(Dataset<Row> times, long rows, long place) {
    long wanted = Math.max(0, Math.min(place, rows - 1));
    return times
        .orderBy(Columns.TIMESTAMP)
        .javaRDD()
        .zipWithIndex()
        .filter(time -> time._2() == wanted)
        .first()
        ._1()
        .getDouble(0);
  }

  @Override
  public Dataset<Row> split(Dataset<Row> histories) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(Columns.USER));
    columns.add(part(Double.NEGATIVE_INFINITY, validationFrom).as(Columns.TRAIN));
    columns.add(part(validationFrom, testFrom).as(Columns.VALIDATION));
    columns.add(part(testFrom, Double.POSITIVE_INFINITY).as(Columns.TEST));
    if (Split.knowsRated(histories)) {
      columns.add(before(Columns.RATED).as(Columns.RATED));
      columns.add(before(Columns.RATED_AT).as(Columns.RATED_AT));
    }
    return histories.select(columns.toArray(Column[]::new));
  }

  /** The elements of what was rated below the minimum before the test part. */
  private Column before(String column) {
    return filter(
        col(column),
        (element, place) -> element_at(col(Columns.RATED_TIMES), place.plus(1)).lt(lit(testFrom)));
  }

  /** Items from one time on until before another. */
  private static Column part(double from, double before) {
    return filter(
        col(Columns.ITEMS),
        (item, place) -> {
          Column time = element_at(col(Columns.TIMES), place.plus(1));
          return time.geq(lit(from)).and(time.lt(lit(before)));
        });
  }

  @Override
  public String description() {
    return validationFrom == testFrom
        ? "test from time %s on".formatted(number(testFrom))
        : "validation from time %s, test from %s on"
            .formatted(number(validationFrom), number(testFrom));
  }

  private static String number(double time) {
    return String.format(Locale.ROOT, time == Math.rint(time) ? "%.0f" : "%s", time);
  }

  @Override
  public String leak() {
    return "Split at one time for all users: no train row is as late as any test row. Only that a"
        + " user's earlier rows of an item are dropped when it is rated again later is knowledge of"
        + " the future.";
  }
}
