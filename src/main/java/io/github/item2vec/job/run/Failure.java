package io.github.item2vec.job.run;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.redis.generation.TooFewUsersException;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.text.Address;
import io.github.item2vec.text.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Collectors;

/** What a failure means to the caller of the job: an exit code and one line. */
public final class Failure {
  /** Neither usage, input nor Redis. */
  public static final int OTHER = 1;

  private static final Map<Class<? extends RuntimeException>, Integer> CODES =
      Map.of(
          ConfigException.class, 2,
          BadInputException.class, 3,
          DamagedException.class, 3,
          RedisException.class, 4,
          GateException.class, 5,
          TooFewUsersException.class, 5,
          OutputBusyException.class, 6);

  private Failure() {}

  /**
   * 2 configuration, 3 input data or damaged files, 4 Redis, 5 refused by the quality gate or for
   * want of users, 6 another run is at work on the output, 1 anything else; decided by the first of
   * these types in the chain of causes.
   */
  public static int exitCode(Throwable failure) {
    return CODES.getOrDefault(reason(failure).getClass(), OTHER);
  }

  /**
   * The message of the failure that decides the exit code; passwords in addresses masked, control
   * characters escaped. The project's own failures mask addresses where they are made.
   */
  public static String message(Throwable failure) {
    Throwable reason = reason(failure);
    String message = reason.getMessage() == null ? "" : reason.getMessage();
    return Printable.of(
        CODES.containsKey(reason.getClass())
            ? message
            : Address.maskedIn(reason.getClass().getName() + ": " + message));
  }

  /** The failure's stack trace, its lines masked and escaped as {@link #message} is. */
  public static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace
        .toString()
        .lines()
        .map(line -> Printable.of(Address.maskedIn(line)))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static Throwable reason(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (CODES.containsKey(t.getClass())) {
        return t;
      }
    }
    return failure;
  }
}
