package io.github.item2vec.data;

import io.github.item2vec.text.Printable;
import java.util.Optional;

/**
 * The input cannot be used. The message is the one line the user sees: what, constraint, value,
 * where. Control characters of the input are escaped in it. Thrown on the driver and inside tasks;
 * the job exits 3 on it.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(Printable.of(message));
  }

  public BadInputException(String message, Throwable cause) {
    super(Printable.of(message), cause);
  }

  /** The bad input behind a failed Spark action, if that is what made it fail. */
  public static Optional<BadInputException> causeOf(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BadInputException bad) {
        return Optional.of(bad);
      }
    }
    return Optional.empty();
  }
}
