package io.github.item2vec.data;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files that were listed, as one table; driver only. */
final class ParquetFiles {
  private static final Pattern GLOB = Pattern.compile("[\\[\\]{}*?\\\\]");

  private static final String INFERENCE = "spark.sql.sources.partitionColumnTypeInference.enabled";

  private ParquetFiles() {}

  /**
   * The table of all files, with the columns of all and those that stand in the names of
   * directories, as text: {@code user=007} is not user 7.
   */
  static Dataset<Row> table(SparkSession spark, String path, InputFiles files) {
    String before = spark.conf().get(INFERENCE);
    spark.conf().set(INFERENCE, "false");
    try {
      DataFrameReader reader =
          spark
              .read()
              .option("mergeSchema", "true")
              .option("recursiveFileLookup", "false")
              .option("__globPaths__", "false"); // these are paths, whatever is in their names
      String base = base(path);
      String first = files.files().get(0).getPath().toString();
      if (!first.equals(qualified(spark, base))) {
        reader.option("basePath", base);
      }
      return table(spark, reader, files.files());
    } finally {
      spark.conf().set(INFERENCE, before);
    }
  }

  /** A failed job of Spark's would fill the log: the first file tells what to expect. */
  private static Dataset<Row> table(
      SparkSession spark, DataFrameReader reader, List<FileStatus> files) {
    String[] paths = files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    if (!ParquetSchema.needed(hadoop, files.get(0))) {
      try {
        return reader.parquet(paths);
      } catch (Exception e) {
        // an AnalysisException, undeclared, by itself or as the cause of a failed job
        if (!Unreadable.isUnknownType(e)) {
          throw e;
        }
      }
    }
    return reader.schema(ParquetSchema.of(hadoop, files)).parquet(paths);
  }

  /** The directory that partitions are below: the path as far as it has no pattern. */
  private static String base(String path) {
    Matcher glob = GLOB.matcher(path);
    if (!glob.find()) {
      return path;
    }
    int slash = path.lastIndexOf('/', glob.start());
    return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
  }

  private static String qualified(SparkSession spark, String path) {
    Path given = new Path(path);
    try {
      return given
          .getFileSystem(spark.sparkContext().hadoopConfiguration())
          .makeQualified(given)
          .toString();
    } catch (IOException e) {
      throw new BadInputException("input cannot be read: " + path + ": " + e.getMessage(), e);
    }
  }

  /** Spark names files by encoded URIs, with one slash after the scheme or three. */
  static String decoded(String uri) {
    return new Path(URI.create(uri)).toString();
  }
}
