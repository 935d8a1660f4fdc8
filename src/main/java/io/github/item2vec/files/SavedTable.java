package io.github.item2vec.files;

import java.io.IOException;
import java.io.NotSerializableException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tables that were saved earlier: their paths are taken as they are written, and what cannot be
 * read is told in one sentence. Driver only.
 */
public final class SavedTable {
  private static final Pattern GLOB = Pattern.compile("[\\[\\]{}*?\\\\]");

  /** Of Spark's messages: [FAILED_READ_FILE.NO_HINT] ... SQLSTATE: KD001. */
  private static final Pattern CODES = Pattern.compile("^\\[[A-Z0-9_.]+] |\\s+SQLSTATE: \\w+");

  private SavedTable() {}

  /** A reader that takes {@code o[1]} for the directory of that name, not for a pattern. */
  public static DataFrameReader reader(SparkSession spark) {
    return spark.read().option("__globPaths__", "false");
  }

  /** A path for those of Spark's readers that can only take patterns: the one that it matches. */
  public static String pattern(String path) {
    return GLOB.matcher(path).replaceAll("\\\\$0");
  }

  /**
   * The Parquet table of a directory.
   *
   * @throws DamagedException when there is none
   */
  public static Dataset<Row> parquet(SparkSession spark, String path) {
    return reading(path, () -> reader(spark).parquet(path));
  }

  /**
   * Reads saved files.
   *
   * @param path for the message
   * @throws DamagedException when they cannot be read; any other failure as it is
   */
  public static <T> T reading(String path, Supplier<T> body) {
    try {
      return body.get();
    } catch (DamagedException e) {
      throw e;
    } catch (Exception e) { // Spark's AnalysisException is not declared
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (isReadFailure(t)) {
          throw new DamagedException(
              "%s is missing or damaged: %s; restore it, or run again".formatted(path, reason(t)),
              e);
        }
      }
      throw e;
    }
  }

  /** The first line of the failure, and of its last cause when that says more. */
  private static String reason(Throwable t) {
    Throwable last = t;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String first = line(t);
    return last == t || last.getMessage() == null ? first : first + " " + line(last);
  }

  private static String line(Throwable t) {
    String first = String.valueOf(t.getMessage()).lines().findFirst().orElse("");
    return CODES.matcher(first).replaceAll("").strip();
  }

  private static boolean isReadFailure(Throwable t) {
    if (t instanceof SparkThrowable spark && spark.getCondition() != null) {
      String condition = spark.getCondition();
      return condition.startsWith("FAILED_READ_FILE")
          || condition.startsWith("CANNOT_READ_FILE")
          || condition.startsWith("UNABLE_TO_INFER_SCHEMA")
          || condition.startsWith("PATH_NOT_FOUND")
          || condition.startsWith("PARQUET_")
          || condition.startsWith("UNRESOLVED_COLUMN")
          || condition.startsWith("DATATYPE_MISMATCH");
    }
    return t instanceof IOException && !(t instanceof NotSerializableException);
  }
}
