package io.github.item2vec.files;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

  /** Conditions that say that a table has not the columns that were saved. */
  private static final List<String> BESIDES = List.of("UNRESOLVED_COLUMN", "DATATYPE_MISMATCH");

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
      Optional<Throwable> unread = ReadFailure.in(e, BESIDES);
      if (unread.isEmpty()) {
        throw e;
      }
      throw new DamagedException(
          "%s is missing or damaged: %s; restore it, or run again"
              .formatted(path, reason(unread.get())),
          e);
    }
  }

  /** The first line of the failure, and of its last cause when that says more. */
  private static String reason(Throwable t) {
    return line(t) + ReadFailure.lastCause(t).map(last -> " " + line(last)).orElse("");
  }

  private static String line(Throwable t) {
    return CODES.matcher(ReadFailure.line(t)).replaceAll("").strip();
  }
}
