package io.github.item2vec.data;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of an input in {@link RowPacker#schema}, and how it is understood; driver only.
 *
 * @param packed the rows; its argument says whether text files are to be read whole
 */
record InputRows(InputReading reading, Function<Boolean, Dataset<Row>> packed) {

  /** Lists the files and looks into them. */
  static InputRows of(SparkSession spark, RatingsSource source) {
    InputFiles files =
        InputFiles.list(
            spark.sparkContext().hadoopConfiguration(),
            source.path(),
            Charset.forName(source.encoding()));
    boolean parquet = source.format() == RatingsSource.Format.PARQUET;
    if (source.format() != RatingsSource.Format.AUTO && parquet != files.parquet()) {
      throw new BadInputException(
          "input.format = %s, but %s is %s"
              .formatted(
                  source.format().name().toLowerCase(Locale.ROOT),
                  files.files().get(0).getPath(),
                  files.parquet() ? "Parquet" : "text"));
    }
    if (files.parquet()) {
      ParquetRows rows =
          new ParquetRows(source, files, ParquetFiles.table(spark, source.path(), files));
      return new InputRows(rows.reading(), whole -> rows.rows());
    }
    TextTables tables = new TextTables(source, files);
    return new InputRows(
        tables.reading(), whole -> TextRows.read(spark, source, files, tables, whole));
  }

  Dataset<Row> rows(boolean whole) {
    return packed.apply(whole);
  }
}
