package io.github.item2vec.data;

import static org.apache.spark.sql.functions.col;

import io.github.item2vec.data.RatingsSource.Order;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Rows of Parquet files, in {@link RowPacker#schema}; lazy but for the schema. */
final class ParquetRows {
  private ParquetRows() {}

  static Dataset<Row> read(SparkSession spark, RatingsSource source) {
    Dataset<Row> table = spark.read().parquet(source.path());
    StructType schema = table.schema();
    List<String> names = Arrays.asList(schema.fieldNames());
    ColumnPositions columns = ColumnPositions.of(source, names, names.size());
    String[] paths = table.inputFiles();
    Arrays.setAll(paths, i -> decoded(paths[i]));
    Arrays.sort(paths);
    HashMap<String, InputFile> files = new HashMap<>();
    for (int i = 0; i < paths.length; i++) {
      files.put(paths[i], new InputFile(paths[i], i, 0, false));
    }
    Column[] fields = new Column[columns.timestamp() == ColumnPositions.ABSENT ? 3 : 4];
    fields[0] = text(schema.fields()[columns.user()]);
    fields[1] = text(schema.fields()[columns.item()]);
    fields[2] = text(schema.fields()[columns.rating()]);
    if (fields.length > 3) {
      fields[3] = text(schema.fields()[columns.timestamp()]);
    }
    Dataset<Row> rows =
        table.select(
            org.apache.spark.sql.functions.array(fields),
            col("_metadata.file_path"),
            col("_metadata.row_index"));
    RowCheck check = RowCheck.of(source);
    return rows.mapPartitions(
        packed(files, check, source.order(), source.minRating()), Encoders.row(RowPacker.schema()));
  }

  /** Spark names files by encoded URIs, with one slash after the scheme or three. */
  private static String decoded(String uri) {
    return new Path(URI.create(uri)).toString();
  }

  @SuppressWarnings("NonApiType") // captured by a task: the declared type must be serializable
  private static MapPartitionsFunction<Row, Row> packed(
      HashMap<String, InputFile> files, RowCheck check, Order order, double minRating) {
    return rows -> new Records(files, check, new RowPacker(order, minRating), rows);
  }

  private static final class Records extends PackedRecords {
    private final Map<String, InputFile> files;
    private final RowCheck check;
    private final Iterator<Row> rows;
    private String uri;
    private InputFile file;

    Records(Map<String, InputFile> files, RowCheck check, RowPacker packer, Iterator<Row> rows) {
      super(packer);
      this.files = files;
      this.check = check;
      this.rows = rows;
    }

    @Override
    boolean readTo(RowPacker packer) {
      if (!rows.hasNext()) {
        return false;
      }
      Row row = rows.next();
      List<String> values = row.getList(0);
      if (!row.getString(1).equals(uri)) {
        uri = row.getString(1);
        file = files.get(decoded(uri));
      }
      check.add(
          values.toArray(new String[0]), file, row.getLong(2), String.join("\t", values), packer);
      return true;
    }
  }

  /** The column as text; times as seconds. */
  private static Column text(StructField field) {
    Column column = col("`" + field.name().replace("`", "``") + "`");
    DataType type = field.dataType();
    boolean time =
        type instanceof TimestampType
            || type instanceof TimestampNTZType
            || type instanceof DateType;
    return time ? column.cast("timestamp").cast("double").cast("string") : column.cast("string");
  }
}
