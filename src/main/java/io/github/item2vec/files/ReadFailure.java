package io.github.item2vec.files;

import java.io.IOException;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/** Tells files that cannot be read from faults of ours, in what a Spark action throws. */
public final class ReadFailure {
  /** How Spark's conditions begin that say so of any file. */
  private static final List<String> ANY =
      List.of(
          "FAILED_READ_FILE",
          "CANNOT_READ_FILE",
          "UNABLE_TO_INFER_SCHEMA",
          "PATH_NOT_FOUND",
          "PARQUET_");

  private ReadFailure() {}

  /**
   * The first of a failure and its causes that says that a file cannot be read; empty when none
   * does.
   *
   * @param besides how conditions begin that say so of these files
   */
  public static Optional<Throwable> in(Throwable failure, List<String> besides) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .filter(t -> isIn(t, besides))
        .findFirst();
  }

  private static boolean isIn(Throwable t, List<String> besides) {
    if (t instanceof SparkThrowable spark && spark.getCondition() != null) {
      return Stream.concat(ANY.stream(), besides.stream())
          .anyMatch(spark.getCondition()::startsWith);
    }
    return t instanceof IOException && !(t instanceof NotSerializableException);
  }

  /** The first line of its message. */
  public static String line(Throwable t) {
    return String.valueOf(t.getMessage()).lines().findFirst().orElse("");
  }

  /** The last of its causes, if that is another and says anything. */
  public static Optional<Throwable> lastCause(Throwable t) {
    Throwable last = t;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last == t || last.getMessage() == null ? Optional.empty() : Optional.of(last);
  }
}
