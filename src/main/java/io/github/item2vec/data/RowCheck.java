package io.github.item2vec.data;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The door: turns the text of four fields into a checked row, or a rejected one with its reason;
 * runs in tasks. Ids are kept as written, numbers may have blanks around them.
 *
 * @param lowest lowest valid rating
 * @param highest highest valid rating
 */
record RowCheck(double lowest, double highest) implements Serializable {
  static final String FILE = "file";
  static final String OFFSET = "offset";
  static final String REASON = "reason";
  static final String PATH = "path";
  static final String LINE = "line";

  static final String TOO_FEW_COLUMNS = "too-few-columns";

  /** More fields than any table has: the CSV parser gives up on the line. */
  static final String UNPARSABLE = "unparsable";

  static final String NULL_ID = "null-id";
  static final String NOT_A_NUMBER = "not-a-number";
  static final String NAN_RATING = "nan-rating";
  static final String OUT_OF_RANGE = "rating-out-of-range";

  /** How exports spell an absent value: SQL, pandas and JSON tools, Hive. */
  private static final Set<String> NULLS = Set.of("NULL", "null", "\\N");

  /** reason, path and line are null in good rows, the first four columns in rejected ones. */
  static StructType schema() {
    return new StructType()
        .add(Columns.USER, DataTypes.StringType)
        .add(Columns.ITEM, DataTypes.StringType)
        .add(Columns.RATING, DataTypes.DoubleType)
        .add(Columns.TIMESTAMP, DataTypes.DoubleType)
        .add(FILE, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(REASON, DataTypes.StringType)
        .add(PATH, DataTypes.StringType)
        .add(LINE, DataTypes.StringType);
  }

  static Row rejected(String reason, InputFile file, long offset, String line) {
    return RowFactory.create(
        null, null, null, null, file.ordinal(), offset, reason, file.path(), line);
  }

  /**
   * The checked row.
   *
   * @param fields user, item, rating, timestamp; three when the input has no timestamps
   * @param line what to show of the row when it is rejected
   */
  Row row(String[] fields, InputFile file, long offset, String line) {
    if (isNull(fields[0]) || isNull(fields[1])) {
      return rejected(NULL_ID, file, offset, line);
    }
    Double rating = number(fields[2]);
    Double timestamp = fields.length > 3 ? number(fields[3]) : Double.valueOf(0);
    if (rating == null || timestamp == null || !Double.isFinite(timestamp)) {
      return rejected(NOT_A_NUMBER, file, offset, line);
    }
    if (!Double.isFinite(rating)) {
      return rejected(NAN_RATING, file, offset, line);
    }
    if (rating < lowest || rating > highest) {
      return rejected(OUT_OF_RANGE, file, offset, line);
    }
    return RowFactory.create(
        fields[0], fields[1], rating, timestamp, file.ordinal(), offset, null, null, null);
  }

  private static boolean isNull(String id) {
    return id == null || id.isBlank() || NULLS.contains(id);
  }

  /** The number, maybe NaN or infinite; null when the text is none (Java's 1d, 1f, 0x1p0 too). */
  static Double number(String text) {
    String bare = text == null ? "" : text.strip();
    if (bare.isEmpty()) {
      return null;
    }
    char last = bare.charAt(bare.length() - 1);
    if ((last >= '0' && last <= '9') || last == '.') {
      try {
        return bare.indexOf('x') >= 0 || bare.indexOf('X') >= 0 ? null : Double.valueOf(bare);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return switch (bare.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }
}
