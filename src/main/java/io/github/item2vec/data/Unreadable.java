package io.github.item2vec.data;

import io.github.item2vec.files.ReadFailure;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Tells a file that cannot be read from a fault of ours, in what a Spark action throws. */
final class Unreadable {
  /** Conditions that say that the files' columns do not go together. */
  private static final List<String> BESIDES =
      List.of(
          "CANNOT_MERGE_SCHEMAS", "COLUMN_ALREADY_EXISTS", "CONFLICTING_", "AMBIGUOUS_REFERENCE");

  private Unreadable() {}

  /** The failure as the user's one line when the input is to blame, else as it is. */
  static RuntimeException asBadInput(Exception failure, String path) {
    Optional<BadInputException> known = BadInputException.causeOf(failure);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Throwable> unread = ReadFailure.in(failure, BESIDES);
    if (unread.isPresent()) {
      Throwable t = unread.get();
      return new BadInputException(
          "input cannot be read: " + path + ": " + ReadFailure.line(t) + cause(t), failure);
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  /** What the last of the causes says, if it says more. */
  private static String cause(Throwable t) {
    return ReadFailure.lastCause(t)
        .map(last -> ": " + last.getClass().getSimpleName() + ": " + ReadFailure.line(last))
        .orElse("");
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
}
