package io.github.item2vec.data;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_part;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.unix_date;

import io.github.item2vec.data.RatingsSource.Order;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Rows of Parquet files, in {@link RowPacker#schema}; a look at some rows, else lazy. */
final class ParquetRows {
  private static final int LOOKED_AT = 12;

  /** Of the array of values: user, item, then what there is of rating and timestamp. */
  private static final int FIRST_OPTIONAL = 2;

  private final RatingsSource source;
  private final InputFiles files;
  private final Dataset<Row> values;
  private final ColumnPositions columns;
  private final Times times;
  private final InputReading reading;

  ParquetRows(RatingsSource source, InputFiles files, Dataset<Row> table) {
    this.source = source;
    this.files = files;
    StructType schema = table.schema();
    ColumnChoice choice =
        new ColumnChoice(
            source, source.path(), Arrays.asList(schema.fieldNames()), sampleOf(table));
    ColumnPositions found = choice.columns();
    this.columns = packed(found);
    this.values = values(table, found);
    List<String[]> rows =
        values.limit(LOOKED_AT).collectAsList().stream().map(ParquetRows::fields).toList();
    TimesChoice scale = new TimesChoice();
    boolean typed = found.timestamp() >= 0 && isTime(schema.fields()[found.timestamp()].dataType());
    if (found.timestamp() >= 0 && !typed) {
      scale.look(source.path(), rows, columns.timestamp());
    }
    this.times = typed ? Times.INSTANTS : scale.chosen();
    this.reading =
        new InputReading(
            "parquet",
            files.samples().size(),
            files.skipped().size(),
            InputReading.first(files.skipped()),
            null,
            null,
            1,
            InputReading.columns(choice, found),
            times.toString(),
            InputReading.firstRow(columns, rows));
  }

  /** Some rows as text, where the values have one that tells a number. */
  private static List<String[]> sampleOf(Dataset<Row> table) {
    Column[] texts =
        Arrays.stream(table.schema().fields())
            .map(
                field ->
                    isPlain(field.dataType())
                        ? named(field).cast("string")
                        : lit(null).cast("string"))
            .toArray(Column[]::new);
    return table.select(array(texts)).limit(LOOKED_AT).collectAsList().stream()
        .map(ParquetRows::fields)
        .toList();
  }

  private static String[] fields(Row row) {
    return row.<String>getList(0).toArray(new String[0]);
  }

  private static boolean isPlain(DataType type) {
    return type instanceof NumericType || type instanceof StringType;
  }

  /** The columns in the array of {@link #values}. */
  private static ColumnPositions packed(ColumnPositions found) {
    int next = FIRST_OPTIONAL;
    int rating = found.rating() < 0 ? ColumnPositions.ABSENT : next++;
    return new ColumnPositions(0, 1, rating, found.timestamp() < 0 ? ColumnPositions.ABSENT : next);
  }

  private Dataset<Row> values(Dataset<Row> table, ColumnPositions found) {
    StructField[] fields = table.schema().fields();
    Column[] picked = new Column[columns.width()];
    ParquetIds users = ids(fields[found.user()], ColumnRole.USER);
    ParquetIds items = ids(fields[found.item()], ColumnRole.ITEM);
    picked[columns.user()] = users.text();
    picked[columns.item()] = items.text();
    if (found.rating() >= 0) {
      picked[columns.rating()] = number(fields[found.rating()], ColumnRole.RATING);
    }
    if (found.timestamp() >= 0) {
      picked[columns.timestamp()] = number(fields[found.timestamp()], ColumnRole.TIMESTAMP);
    }
    return table.select(
        array(picked),
        coalesce(users.reason(), items.reason()),
        col("_metadata.file_path"),
        col("_metadata.row_index"));
  }

  private ParquetIds ids(StructField field, ColumnRole role) {
    return ParquetIds.of(named(field), field.dataType(), what(field, role));
  }

  private String what(StructField field, ColumnRole role) {
    return "%s: the %s column '%s'".formatted(source.path(), role.word(), field.name());
  }

  /** The column as text; times as seconds. */
  private Column number(StructField field, ColumnRole role) {
    if (role == ColumnRole.TIMESTAMP && isTime(field.dataType())) {
      return seconds(named(field), field.dataType()).cast("string");
    }
    if (!isPlain(field.dataType()) && !(field.dataType() instanceof BooleanType)) {
      throw new BadInputException(
          what(field, role)
              + " is of type "
              + field.dataType().simpleString()
              + ", which is no number; name another by "
              + role.key());
    }
    return named(field).cast("string");
  }

  /** Since 1970; what has no zone is UTC, whatever the session's zone. */
  private static Column seconds(Column time, DataType type) {
    if (type instanceof TimestampType) {
      return time.cast("double");
    }
    Column day = unix_date(time.cast("date")).multiply(lit(86_400d));
    return type instanceof DateType
        ? day
        : day.plus(hour(time).multiply(3_600))
            .plus(minute(time).multiply(60))
            .plus(date_part(lit("SECOND"), time).cast("double"));
  }

  private static Column named(StructField field) {
    return col("`" + field.name().replace("`", "``") + "`");
  }

  private static boolean isTime(DataType type) {
    return type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType;
  }

  InputReading reading() {
    return reading;
  }

  Dataset<Row> rows() {
    HashMap<String, InputFile> byPath = new HashMap<>();
    for (FileSample sample : files.samples()) {
      String path = sample.file().getPath().toString();
      byPath.put(path, new InputFile(path, byPath.size(), sample.file().getLen(), false, null));
    }
    return values.mapPartitions(
        packed(byPath, columns, RowCheck.of(source, times), source.order(), source.minRating()),
        Encoders.row(RowPacker.schema()));
  }

  @SuppressWarnings("NonApiType") // captured by a task: the declared type must be serializable
  private static MapPartitionsFunction<Row, Row> packed(
      HashMap<String, InputFile> files,
      ColumnPositions columns,
      RowCheck check,
      Order order,
      double minRating) {
    return rows -> new Records(files, columns, check, new RowPacker(order, minRating), rows);
  }

  private static final class Records extends PackedRecords {
    private final Map<String, InputFile> files;
    private final ColumnPositions columns;
    private final RowCheck check;
    private final Iterator<Row> rows;
    private String uri;
    private InputFile file;

    Records(
        Map<String, InputFile> files,
        ColumnPositions columns,
        RowCheck check,
        RowPacker packer,
        Iterator<Row> rows) {
      super(packer);
      this.files = files;
      this.columns = columns;
      this.check = check;
      this.rows = rows;
    }

    @Override
    boolean readTo(RowPacker packer) {
      if (!rows.hasNext()) {
        return false;
      }
      Row row = rows.next();
      String[] values = fields(row);
      if (!row.getString(2).equals(uri)) {
        uri = row.getString(2);
        file = files.get(ParquetFiles.decoded(uri));
      }
      if (row.isNullAt(1)) {
        check.add(columns, values, file, row.getLong(3), String.join("\t", values), packer);
      } else {
        packer.reject(row.getString(1), file, row.getLong(3), String.join("\t", values));
      }
      return true;
    }
  }
}
