package io.github.item2vec.data;

import java.util.Optional;

/**
 * The input cannot be used. The message is the one line the user sees: what, constraint, value,
 * where. Control characters of the input are not in it. Thrown on the driver and inside tasks; the
 * job exits 3 on it.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(printable(message));
  }

  public BadInputException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  /** The text with every control character but tab and line feed as a question mark. */
  public static String printable(String text) {
    return text == null
        ? ""
        : text.codePoints()
            .map(c -> Character.isISOControl(c) && c != '\t' && c != '\n' ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
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
