package io.github.item2vec.data;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.sum;

import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.util.Collections;
import java.util.SortedMap;
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
  private final Dataset<Row> grouped;
  private final long duplicates;
  private final long kept;
  private final long users;
  private final long items;

  private Ratings(RejectedRows rejected, Dataset<Row> grouped) {
    this.rejected = rejected;
    this.grouped = grouped;
    Column size = array_size(col(Columns.ITEMS));
    Row totals =
        grouped.agg(sum(HistoryFn.DUPLICATES), sum(size.cast("long")), count_if(size.gt(0))).head();
    this.duplicates = totals.isNullAt(0) ? 0 : totals.getLong(0);
    this.kept = totals.isNullAt(1) ? 0 : totals.getLong(1);
    this.users = totals.getLong(2);
    this.items = grouped.select(explode(col(Columns.ITEMS))).distinct().count();
  }

  /**
   * Reads {@code source}: one pass that counts bad rows, one that groups rows by user (one shuffle)
   * and caches the histories, then two small aggregations over the cache.
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
    InputFiles files = InputFiles.list(spark.sparkContext().hadoopConfiguration(), source.path());
    Format format = source.format() == Format.AUTO ? files.format() : source.format();
    Dataset<Row> checked =
        format == Format.PARQUET
            ? ParquetRows.read(spark, source)
            : TextRows.read(spark, source, files, format);
    RejectedRows rejected = RejectedRows.count(checked);
    if (rejectedDirectory != null) {
      rejected.write(rejectedDirectory);
    }
    if (rejected.rows() == 0) {
      throw new BadInputException("input is empty: no rows in " + source.path());
    }
    rejected.requireAtMost(source.maxRejected(), source.path());
    Dataset<Row> grouped = grouped(checked, source).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Ratings ratings = new Ratings(rejected, grouped);
      if (ratings.kept == 0) {
        throw new BadInputException(
            "no row is kept: none of the "
                + rejected.rows()
                + " rows of "
                + source.path()
                + " is a user's last word on an item and has a rating >= input.min-rating = "
                + source.minRating());
      }
      return ratings;
    } catch (RuntimeException | Error e) {
      grouped.unpersist();
      throw e;
    }
  }

  private static Dataset<Row> grouped(Dataset<Row> checked, RatingsSource source) {
    Column user = col(Columns.USER);
    Column item = col(Columns.ITEM);
    Column rating = col(Columns.RATING);
    Column[] key =
        source.order() == Order.FILE
            ? new Column[] {user, col(RowCheck.FILE), col(RowCheck.OFFSET)}
            : new Column[] {user, col(Columns.TIMESTAMP), item, rating};
    Column[] columns =
        source.order() == Order.FILE
            ? new Column[] {
              user, item, rating, col(Columns.TIMESTAMP), col(RowCheck.FILE), col(RowCheck.OFFSET)
            }
            : new Column[] {user, item, rating, col(Columns.TIMESTAMP)};
    return checked
        .filter(col(RowCheck.REASON).isNull())
        .select(columns)
        .repartition(user)
        .sortWithinPartitions(key)
        .mapPartitions(new HistoryFn(source.minRating()), Encoders.row(HistoryFn.schema()));
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

  /** Distinct items among the kept rows. */
  public long items() {
    return items;
  }

  /**
   * One row a user with kept rows: user, items (array, in order, without repeats), times (array of
   * double, one an item; 0 when the input has none). Cached.
   */
  public Dataset<Row> histories() {
    return grouped
        .filter(array_size(col(Columns.ITEMS)).gt(0))
        .select(Columns.USER, Columns.ITEMS, Columns.TIMES);
  }

  /** Lets go of the cached histories. */
  @Override
  public void close() {
    grouped.unpersist();
  }
}
