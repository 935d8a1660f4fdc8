package io.github.item2vec.data;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Tells a file that cannot be read from a fault of ours, in what a Spark action throws. */
final class Unreadable {
  private Unreadable() {}

  /** The failure as the user's one line when the input is to blame, else as it is. */
  static RuntimeException asBadInput(Exception failure, String path) {
    Optional<BadInputException> known = BadInputException.causeOf(failure);
    if (known.isPresent()) {
      return known.get();
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isReadFailure(t)) {
        return new BadInputException(
            "input cannot be read: " + path + ": " + message(t) + cause(t), failure);
      }
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  private static String message(Throwable t) {
    return String.valueOf(t.getMessage()).lines().findFirst().orElse("");
  }

  /** What the last of the causes says, if it says more. */
  private static String cause(Throwable t) {
    Throwable last = t;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last == t || last.getMessage() == null
        ? ""
        : ": " + last.getClass().getSimpleName() + ": " + message(last);
  }

  /** Whether Parquet columns are of a type that Spark does not know. */
  static boolean isUnknownType(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SparkThrowable spark
          && "PARQUET_TYPE_ILLEGAL".equals(spark.getCondition())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReadFailure(Throwable t) {
    if (t instanceof SparkThrowable spark && spark.getCondition() != null) {
      String condition = spark.getCondition();
      return condition.startsWith("FAILED_READ_FILE")
          || condition.startsWith("CANNOT_READ_FILE")
          || condition.startsWith("UNABLE_TO_INFER_SCHEMA")
          || condition.startsWith("PATH_NOT_FOUND")
          || condition.startsWith("PARQUET_")
          || condition.startsWith("CANNOT_MERGE_SCHEMAS")
          || condition.startsWith("COLUMN_ALREADY_EXISTS")
          || condition.startsWith("CONFLICTING_")
          || condition.startsWith("AMBIGUOUS_REFERENCE");
    }
    return t instanceof IOException && !(t instanceof java.io.NotSerializableException);
  }
}
