package io.github.item2vec.job.run;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.redis.server.RedisException;
import java.util.Map;

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
          OutputBusyException.class, 6);

  private Failure() {}

  /**
   * 2 configuration, 3 input data or damaged files, 4 Redis, 5 refused by the quality gate, 6
   * another run is at work on the output, 1 anything else; decided by the first of these types in
   * the chain of causes.
   */
  public static int exitCode(Throwable failure) {
    return CODES.getOrDefault(reason(failure).getClass(), OTHER);
  }

  /**
   * The message of the failure that decides the exit code; passwords in URLs masked, control
   * characters shown as question marks.
   */
  public static String message(Throwable failure) {
    Throwable reason = reason(failure);
    String message = reason.getMessage() == null ? "" : reason.getMessage();
    boolean known = CODES.containsKey(reason.getClass());
    return BadInputException.printable(
        ConfigLoader.maskUrl(known ? message : reason.getClass().getName() + ": " + message));
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
