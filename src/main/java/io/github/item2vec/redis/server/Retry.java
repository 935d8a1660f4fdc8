package io.github.item2vec.redis.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The driver's second chances, as many as a task's batch has: for what may be done twice, and only
 * when the connection was lost or the server is loading its data. What a server refuses is never
 * tried again.
 */
public final class Retry {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private Retry() {}

  /**
   * Does it until it succeeds.
   *
   * @throws RuntimeException of the last attempt
   */
  public static <T> T of(Supplier<T> action) {
    for (int attempt = 1; ; attempt++) {
      try {
        return action.get();
      } catch (JedisException | RedisException e) {
        if (attempt == ATTEMPTS || !RedisFailure.mayPass(e)) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << attempt));
      }
    }
  }
}
