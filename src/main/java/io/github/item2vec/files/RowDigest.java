package io.github.item2vec.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * How many rows a table has, and a digest of them that does not look at their order: the 64-bit
 * hash (xxHash64, seed 42, Spark's {@code xxhash64} over all columns) of each row, the sums of the
 * upper and of the lower 32 bits of all, in hexadecimal. It tells damage, not malice. Up to 2^31
 * rows. Driver only.
 *
 * @param rows number of rows
 * @param digest 32 hexadecimal digits; zeros for no rows
 */
public record RowDigest(long rows, String digest) {
  private static final String ROWS = "digest_rows";
  private static final String HIGH = "digest_high";
  private static final String LOW = "digest_low";
  private static final long LOW_BITS = 0xffffffffL;

  /** What is to be aggregated over a table of these columns, for {@link #of(Row)}. */
  public static Column[] columns(String... columns) {
    Column hash = xxhash64(Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new));
    return new Column[] {
      count(lit(1)).as(ROWS),
      sum(shiftrightunsigned(hash, 32)).as(HIGH),
      sum(hash.bitwiseAND(lit(LOW_BITS))).as(LOW)
    };
  }

  /** Of an aggregate of {@link #columns}, which may hold others next to them. */
  public static RowDigest of(Row aggregate) {
    return of(aggregate.getAs(ROWS), aggregate.<Long>getAs(HIGH), aggregate.<Long>getAs(LOW));
  }

  /** Of a table, in a job of its own. */
  public static RowDigest of(Dataset<Row> table) {
    return of(aggregate(table, columns(table.columns())));
  }

  /** The one row of aggregates over a table. */
  public static Row aggregate(Dataset<Row> table, Column... aggregates) {
    return table.agg(aggregates[0], Arrays.copyOfRange(aggregates, 1, aggregates.length)).first();
  }

  private static RowDigest of(long rows, Long high, Long low) {
    return new RowDigest(
        rows, "%016x%016x".formatted(high == null ? 0 : high, low == null ? 0 : low));
  }

  /**
   * A table that is digested by the job that writes it: by Spark's observed metrics, of which the
   * last stage's are taken once a partition, whatever was tried twice.
   */
  public static final class Observed {
    private final Observation observation = new Observation();
    private final Dataset<Row> table;

    public Observed(Dataset<Row> table) {
      Column[] aggregates = columns(table.columns());
      this.table =
          table.observe(
              observation, aggregates[0], Arrays.copyOfRange(aggregates, 1, aggregates.length));
    }

    /** To be written instead, without a shuffle on the way. */
    public Dataset<Row> table() {
      return table;
    }

    /** After the write. */
    public RowDigest digest() {
      try {
        Map<String, Object> metrics = observation.getAsJava();
        return of((Long) metrics.get(ROWS), (Long) metrics.get(HIGH), (Long) metrics.get(LOW));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a digest", e);
      }
    }
  }
}
