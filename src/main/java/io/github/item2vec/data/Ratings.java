package io.github.item2vec.data;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.sum;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The ratings of one input: checked, counted, ordered into one history a user. Lives on the driver
 * and holds counts; the histories stay on the executors, cached until {@link #close}.
 *
 * <p>{@code rows = rejected + duplicates + below the minimum + kept}. Of several rows of one user
 * and item the last in order is the user's opinion; the earlier ones are duplicates. In {@code
 * Order.TIMESTAMP} rows are ordered by (timestamp, item, rating), so that ties do not depend on how
 * the input is laid out in files; in {@code Order.FILE} by (file path, place in the file), however
 * the files are split.
 */
public final class Ratings implements AutoCloseable {
  private final RejectedRows rejected;
  private final InputReading reading;
  private final Dataset<Row> grouped;
  private final long duplicates;
  private final long kept;
  private final long users;
  private final long usersWithoutKept;
  private final long items;

  private Ratings(Dataset<Row> grouped, InputReading reading) {
    this.grouped = grouped;
    this.reading = reading;
    Column size = array_size(col(Columns.ITEMS));
    TreeMap<String, Long> reasons = new TreeMap<>();
    long rows = 0;
    Row good = null;
    for (Row row :
        grouped
            .groupBy(col(RowPacker.REJECTED).getField(RejectedRows.REASON))
            .agg(
                sum(HistoryFn.ROWS),
                sum(HistoryFn.DUPLICATES),
                sum(size.cast("long")),
                count_if(size.gt(0)),
                count_if(size.equalTo(0)))
            .collectAsList()) {
      rows += row.getLong(1);
      if (row.isNullAt(0)) {
        good = row;
      } else {
        reasons.put(row.getString(0), row.getLong(1));
      }
    }
    this.duplicates = good == null ? 0 : good.getLong(2);
    this.kept = good == null ? 0 : good.getLong(3);
    this.users = good == null ? 0 : good.getLong(4);
    this.usersWithoutKept = good == null ? 0 : good.getLong(5);
    this.items = kept == 0 ? 0 : grouped.select(explode(col(Columns.ITEMS))).distinct().count();
    this.rejected =
        new RejectedRows(
            grouped.select(RowPacker.REJECTED + ".*").filter(col(RejectedRows.REASON).isNotNull()),
            reasons,
            rows);
  }

  /**
   * Reads {@code source} once: rows are checked, packed and grouped by user (one shuffle) and the
   * histories cached, the bad rows next to them; then two small aggregations over the cache. Read
   * twice when quotes span lines where a large file was to be split.
   *
   * @param rejectedDirectory where the bad rows are written, as JSON lines of (reason, file,
   *     offset, line), before they are judged; emptied when there are none; null for nowhere
   * @throws BadInputException if the input is missing, unreadable or empty, if the share of bad
   *     rows is above {@code source.maxRejected()}, or if no row is kept
   */
  public static Ratings read(SparkSession spark, RatingsSource source, String rejectedDirectory) {
    try {
      return readOrFail(spark, source, rejectedDirectory);
    } catch (Exception e) {
      throw Unreadable.asBadInput(e, source.path());
    }
  }

  /** Reads {@code source} without keeping the bad rows. */
  public static Ratings read(SparkSession spark, RatingsSource source) {
    return read(spark, source, null);
  }

  private static Ratings readOrFail(
      SparkSession spark, RatingsSource source, String rejectedDirectory) {
    InputRows input = InputRows.of(spark, source);
    Ratings ratings = of(input.rows(false), source, input.reading());
    if (ratings.rejected().containsKey(RecordParser.SPLIT_IN_QUOTES)) {
      ratings.close();
      ratings = of(input.rows(true), source, input.reading());
    }
    try {
      ratings.judge(source, rejectedDirectory);
      return ratings;
    } catch (RuntimeException | Error e) {
      ratings.close();
      throw e;
    }
  }

  private static Ratings of(Dataset<Row> packed, RatingsSource source, InputReading reading) {
    Dataset<Row> grouped = grouped(packed, source).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new Ratings(grouped, reading);
    } catch (RuntimeException | Error e) {
      grouped.unpersist();
      throw e;
    }
  }

  private static Dataset<Row> grouped(Dataset<Row> packed, RatingsSource source) {
    Column user = col(Columns.USER);
    Column place = col(RowPacker.REJECTED).getField(RejectedRows.OFFSET);
    return packed
        .repartition(coalesce(user, place.cast("string")))
        .sortWithinPartitions(user)
        .mapPartitions(new HistoryFn(source.order()), Encoders.row(HistoryFn.schema()));
  }

  private void judge(RatingsSource source, String rejectedDirectory) {
    if (rejectedDirectory != null) {
      rejected.write(rejectedDirectory);
    }
    if (rows() == 0) {
      throw new BadInputException("input is empty: no rows in " + source.path());
    }
    rejected.requireAtMost(source.maxRejected(), source.path(), reading);
    if (kept == 0) {
      throw new BadInputException(
          "no row is kept: none of the "
              + rows()
              + " rows of "
              + source.path()
              + " is a user's last word on an item and has a rating >= input.min-rating = "
              + source.minRating());
    }
  }

  /** How the input was understood. */
  public InputReading reading() {
    return reading;
  }

  /** All rows of the input, bad ones included; headers are none. */
  public long rows() {
    return rejected.rows();
  }

  /** Bad rows by reason, sorted by reason; reasons without rows are absent. */
  public SortedMap<String, Long> rejected() {
    return Collections.unmodifiableSortedMap(rejected.counts());
  }

  /** Rows replaced by a later row of the same user and item, whatever its rating. */
  public long duplicates() {
    return duplicates;
  }

  /** Rows in the histories. */
  public long kept() {
    return kept;
  }

  /** Users with at least one kept row. */
  public long users() {
    return users;
  }

  /** Users all of whose rows are below the minimum; they are not among {@link #users}. */
  public long usersWithoutKept() {
    return usersWithoutKept;
  }

  /** Distinct items among the kept rows. */
  public long items() {
    return items;
  }

  /** How many of them a condition holds for; brings the distinct items to the driver. */
  public long countItems(Predicate<String> condition) {
    return histories()
        .select(explode(col(Columns.ITEMS)))
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .filter(condition)
        .count();
  }

  /**
   * One row per user: user, items (array, in order, without repeats), times (array of double, one
   * per item; 0 when the input has none), and of what the user rated below the minimum the items,
   * their places among the kept ones and their times: see {@link Columns}. Users without a kept row
   * are among them, with no items. Cached.
   */
  public Dataset<Row> histories() {
    return grouped
        .filter(col(RowPacker.REJECTED).getField(RejectedRows.REASON).isNull())
        .select(
            Columns.USER,
            Columns.ITEMS,
            Columns.TIMES,
            Columns.RATED,
            Columns.RATED_AT,
            Columns.RATED_TIMES);
  }

  /** Lets go of the cached histories. */
  @Override
  public void close() {
    grouped.unpersist();
  }
}
