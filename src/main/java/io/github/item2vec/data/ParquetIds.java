package io.github.item2vec.data;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/**
 * A Parquet column of ids as text, without loss: texts and whole numbers as they are, whole
 * floating-point numbers and decimals as whole numbers, 16 bytes as UUID. Values that are none of
 * these have a reason. Other types are refused.
 *
 * @param text null where the value is null, NaN, or has a reason
 * @param reason why the value is no id, or null
 */
record ParquetIds(Column text, Column reason) {
  static final String NOT_WHOLE = "id-not-whole";
  static final String NO_UUID = "id-not-16-bytes";

  private static final double EXACT_DOUBLES = 1L << 53;
  private static final double EXACT_FLOATS = 1L << 24;
  private static final int UUID_BYTES = 16;

  /** The ids of a column; {@code what} names it in the message of a type that cannot be one. */
  static ParquetIds of(Column column, DataType type, String what) {
    Column none = lit(null).cast("string");
    if (type instanceof StringType) {
      Column text = functions.is_valid_utf8(column);
      return new ParquetIds(
          column,
          when(not(text), lit(RecordParser.NOT_DECODED))
              .when(octet_length(column).gt(RowCheck.LONGEST_ID), lit(RowCheck.ID_TOO_LONG)));
    } else if (type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType) {
      return new ParquetIds(column.cast("string"), none);
    } else if (type instanceof DoubleType) {
      return floating(column, EXACT_DOUBLES);
    } else if (type instanceof FloatType) {
      return floating(column, EXACT_FLOATS);
    } else if (type instanceof DecimalType decimal && decimal.scale() == 0) {
      return new ParquetIds(column.cast("string"), none);
    } else if (type instanceof DecimalType) {
      Column whole = floor(column);
      return new ParquetIds(
          when(whole.equalTo(column), whole.cast("string")),
          when(not(whole.equalTo(column)), lit(NOT_WHOLE)));
    } else if (type instanceof BinaryType) {
      return new ParquetIds(
          when(length(column).equalTo(UUID_BYTES), uuid(lower(hex(column)))),
          when(not(length(column).equalTo(UUID_BYTES)), lit(NO_UUID)));
    }
    throw new BadInputException(
        what
            + " is of type "
            + type.simpleString()
            + ": ids are texts, whole numbers or UUIDs of 16 bytes; cast it");
  }

  /** Whole numbers that are the only ones near them; NaN is how pandas has no id. */
  private static ParquetIds floating(Column column, double exact) {
    Column whole = column.equalTo(floor(column)).and(abs(column).leq(lit(exact)));
    return new ParquetIds(
        when(not(isnan(column)).and(whole), column.cast("long").cast("string")),
        when(not(isnan(column)).and(not(whole)), lit(NOT_WHOLE)));
  }

  private static Column uuid(Column digits) {
    return concat_ws(
        "-",
        substring(digits, 1, 8),
        substring(digits, 9, 4),
        substring(digits, 13, 4),
        substring(digits, 17, 4),
        substring(digits, 21, 12));
  }
}
