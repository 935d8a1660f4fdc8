package io.github.item2vec.data;

import java.util.HashMap;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows of text files, in {@link RowPacker#schema}; lazy. */
final class TextRows {
  private TextRows() {}

  /** {@code whole}: whether files are not split, which quotes that span lines may need. */
  static Dataset<Row> read(
      SparkSession spark,
      RatingsSource source,
      InputFiles files,
      TextTables tables,
      boolean whole) {
    HashMap<String, InputFile> byPath = new HashMap<>();
    List<InputFile> found = tables.files();
    found.forEach(file -> byPath.put(file.path(), file));
    ParseLinesFn parse = new ParseLinesFn(byPath, RowCheck.of(source, tables.times()), source);
    Configuration configuration =
        RatingsInputFormat.configured(
            spark.sparkContext().hadoopConfiguration(), files.files(), whole);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaNewHadoopRDD<LongWritable, Text> lines =
        (JavaNewHadoopRDD<LongWritable, Text>)
            context.newAPIHadoopRDD(
                configuration, RatingsInputFormat.class, LongWritable.class, Text.class);
    JavaRDD<Row> records = lines.mapPartitionsWithInputSplit(parse, false);
    return spark.createDataFrame(records, RowPacker.schema());
  }
}
