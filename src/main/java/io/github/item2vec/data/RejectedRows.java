package io.github.item2vec.data;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The bad rows: written, shown, judged; lives on the driver, holds counts only. */
final class RejectedRows {
  private static final int SHOWN_LINES = 5;
  private static final int SHOWN_CHARACTERS = 120;

  /** What may help, by reason. */
  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry(
              RowCheck.NULL_ID,
              "the user or the item is empty, NULL or nan; remove such rows, name another column by"
                  + " input.columns, or raise input.max-rejected"),
          Map.entry(
              RowCheck.NOT_A_NUMBER,
              "the rating is no number, or missing; name its column by input.columns.rating"),
          Map.entry(
              RowCheck.NOT_A_TIME,
              "the timestamp is neither a number nor an ISO 8601 date, or of another scale than the"
                  + " others; convert it, name another column by input.columns.timestamp, or use"
                  + " input.order = file"),
          Map.entry(
              RowCheck.TOO_FEW_COLUMNS,
              "the line has no field in a column that is needed; see input.separator and input.columns"),
          Map.entry(RowCheck.OUT_OF_RANGE, "see input.rating-range"),
          Map.entry(
              RecordParser.NOT_DECODED,
              "bytes that are no text in input.encoding; set it, to ISO-8859-1 or windows-1252 perhaps"),
          Map.entry(
              RecordParser.OPEN_QUOTE,
              "a quote is opened and not closed in the row; double or remove it"),
          Map.entry(
              RecordParser.UNCLEAR_QUOTE,
              "an id holds \\\", which is a quote to some writers and not to others; double the quote"),
          Map.entry(
              ParquetIds.NOT_WHOLE,
              "an id is a number that is not whole, or too large to be exact; write ids as text"),
          Map.entry(
              ParquetIds.NO_UUID,
              "a binary id is not of 16 bytes, as a UUID is; write ids as text, or read text that is"
                  + " stored as binary with spark.sql.parquet.binaryAsString = true"),
          Map.entry(
              RecordParser.LINE_TOO_LONG,
              "a line has %,d bytes at most".formatted(LimitedLines.LONGEST)),
          Map.entry(
              RowCheck.ID_TOO_LONG,
              "an id has %,d bytes at most, in UTF-8".formatted(RowCheck.LONGEST_ID)));

  static final String FILE = "file";
  static final String OFFSET = "offset";
  static final String REASON = "reason";
  static final String PATH = "path";
  static final String LINE = "line";

  private final Dataset<Row> rejected;
  private final SortedMap<String, Long> counts;
  private final long rows;

  /**
   * The bad rows of an input.
   *
   * @param rejected in {@link #schema}; read twice at most, when there are any
   * @param counts how many there are, by reason
   * @param rows good and bad ones
   */
  RejectedRows(Dataset<Row> rejected, SortedMap<String, Long> counts, long rows) {
    this.rejected = rejected;
    this.counts = counts;
    this.rows = rows;
  }

  /** The file by its place among the sorted paths, and by its path. */
  static StructType schema() {
    return new StructType()
        .add(REASON, DataTypes.StringType)
        .add(FILE, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(PATH, DataTypes.StringType)
        .add(LINE, DataTypes.StringType);
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
   * when there are no bad rows.
   */
  void write(String directory) {
    if (counts.isEmpty()) {
      Path path = new Path(directory);
      try {
        path.getFileSystem(rejected.sparkSession().sparkContext().hadoopConfiguration())
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
  void requireAtMost(double maxRejected, String path, InputReading reading) {
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
    for (String reason : counts.keySet()) {
      message.append(
          REMEDIES.containsKey(reason) ? "\n" + reason + ": " + REMEDIES.get(reason) : "");
    }
    message.append("\nread as: " + reading);
    throw new BadInputException(message.toString());
  }

  private Dataset<Row> inFileOrder() {
    return rejected
        .orderBy(FILE, OFFSET)
        .select(col(REASON), col(PATH).as(FILE), col(OFFSET), col(LINE));
  }

  private static String shown(String line) {
    String plain =
        line.codePoints()
            .limit(SHOWN_CHARACTERS)
            .map(c -> c == '\n' ? ' ' : c) // the exception sees to the other control characters
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return "'" + plain + (plain.length() < line.length() ? "..." : "") + "'";
  }
}
