package io.github.item2vec.data;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** The bad rows: counted by reason, written, shown; lives on the driver, holds counts only. */
final class RejectedRows {
  private static final int SHOWN_LINES = 5;
  private static final int SHOWN_CHARACTERS = 120;

  private final Dataset<Row> checked;
  private final SortedMap<String, Long> counts;
  private final long rows;

  private RejectedRows(Dataset<Row> checked, SortedMap<String, Long> counts, long rows) {
    this.checked = checked;
    this.counts = counts;
    this.rows = rows;
  }

  /** Counts rows by reason: one pass over the input, of which only partial counts are shuffled. */
  static RejectedRows count(Dataset<Row> checked) {
    TreeMap<String, Long> counts = new TreeMap<>();
    long rows = 0;
    for (Row row : checked.groupBy(RowCheck.REASON).count().collectAsList()) {
      rows += row.getLong(1);
      if (!row.isNullAt(0)) {
        counts.put(row.getString(0), row.getLong(1));
      }
    }
    return new RejectedRows(checked, counts, rows);
  }

  /** All rows, good and bad. */
  long rows() {
    return rows;
  }

  SortedMap<String, Long> counts() {
    return counts;
  }

  /**
   * Replaces {@code directory} by JSON lines (reason, file, offset, line) in file order; by nothing
   * when there are no bad rows. Reads the input again, sorts the bad rows only.
   */
  void write(String directory) {
    if (counts.isEmpty()) {
      Path path = new Path(directory);
      try {
        path.getFileSystem(checked.sparkSession().sparkContext().hadoopConfiguration())
            .delete(path, true);
      } catch (IOException e) {
        throw new IllegalStateException(
            "cannot remove " + directory + " of an earlier run: " + e.getMessage(), e);
      }
      return;
    }
    inFileOrder().write().mode(SaveMode.Overwrite).json(directory);
  }

  /** Refuses the input when the share of bad rows is above {@code maxRejected}. */
  void requireAtMost(double maxRejected, String path) {
    long bad = counts.values().stream().mapToLong(Long::longValue).sum();
    if (bad <= maxRejected * rows) {
      return;
    }
    StringJoiner reasons = new StringJoiner(", ");
    for (Map.Entry<String, Long> reason : counts.entrySet()) {
      reasons.add(reason.getKey() + " " + reason.getValue());
    }
    StringBuilder message =
        new StringBuilder()
            .append(bad + " of " + rows + " rows of " + path + " are bad (" + reasons + "), ")
            .append("more than input.max-rejected = " + maxRejected + " allows; the first:");
    for (Row row : inFileOrder().limit(SHOWN_LINES).collectAsList()) {
      message.append("\n  " + row.getString(0) + ": " + shown(row.getString(3)));
      message.append(" (" + row.getString(1) + " at " + row.getLong(2) + ")");
    }
    throw new BadInputException(message.toString());
  }

  private Dataset<Row> inFileOrder() {
    return checked
        .filter(col(RowCheck.REASON).isNotNull())
        .orderBy(RowCheck.FILE, RowCheck.OFFSET)
        .select(
            col(RowCheck.REASON),
            col(RowCheck.PATH).as(RowCheck.FILE),
            col(RowCheck.OFFSET),
            col(RowCheck.LINE));
  }

  private static String shown(String line) {
    String plain =
        line.codePoints()
            .limit(SHOWN_CHARACTERS)
            .map(c -> Character.isISOControl(c) && c != '\t' ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return "'" + plain + (plain.length() < line.length() ? "..." : "") + "'";
  }
}
