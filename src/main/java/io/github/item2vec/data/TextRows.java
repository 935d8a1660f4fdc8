package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows of tsv, csv and dat files, in {@link RowPacker#schema}; lazy but for a look at 10 lines. */
final class TextRows {
  private TextRows() {}

  static Dataset<Row> read(
      SparkSession spark, RatingsSource source, InputFiles files, Format format) {
    List<String[]> sample = new ArrayList<>();
    LineSplitter splitter = new LineSplitter(format);
    int width = 0;
    for (String line : files.sample()) {
      sample.add(splitter.split(line));
      width = Math.max(width, sample.get(sample.size() - 1).length);
    }
    String[] header = header(source, format, sample.get(0));
    ColumnPositions columns =
        ColumnPositions.of(
            source,
            header == null ? null : Arrays.asList(header),
            header == null ? width : header.length);
    ParseLinesFn parse = new ParseLinesFn(files.byPath(), format, columns, header, source);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaNewHadoopRDD<LongWritable, Text> lines =
        (JavaNewHadoopRDD<LongWritable, Text>)
            context.newAPIHadoopRDD(
                files.configuration(), RatingsInputFormat.class, LongWritable.class, Text.class);
    JavaRDD<Row> records = lines.mapPartitionsWithInputSplit(parse, false);
    return spark.createDataFrame(records, RowPacker.schema());
  }

  /** The first line's fields, if they are names; a csv line without any number is taken as such. */
  private static String[] header(RatingsSource source, Format format, String[] first) {
    boolean names =
        ColumnPositions.byName(source)
            || ColumnPositions.namesUserAndItem(first)
            || (format == Format.CSV
                && first.length > 1
                && Arrays.stream(first).allMatch(field -> RowCheck.number(field) == null));
    return names ? first : null;
  }
}
