package io.github.item2vec.redis.server;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A cluster's answer that a command has to be given to another node, or to the same in a moment:
 * MOVED, ASK, TRYAGAIN, CLUSTERDOWN. Nothing was applied.
 *
 * @param ask the node to ask for this one command; empty when the slots are to be looked up again
 */
public record Redirect(Optional<HostAndPort> ask) {
  /** With the pauses below about 13 s, which is longer than a failover usually takes. */
  public static final int ATTEMPTS = 9;

  private static final long FIRST_PAUSE_MILLIS = 25;
  private static final long LONGEST_PAUSE_MILLIS = 4_000;

  /** What the error asks for; empty when it is another error. */
  public static Optional<Redirect> of(JedisDataException error) {
    if (error instanceof JedisAskDataException ask) {
      return Optional.of(new Redirect(Optional.of(ask.getTargetNode())));
    }
    boolean redirect =
        Stream.of("MOVED", "TRYAGAIN", "CLUSTERDOWN").anyMatch(error.getMessage()::startsWith);
    return redirect ? Optional.of(new Redirect(Optional.empty())) : Optional.empty();
  }

  /** Waits before that attempt, twice as long as before the last, not at all before the second. */
  public static void pause(int attempt) {
    if (attempt > 2) {
      long millis = Math.min(FIRST_PAUSE_MILLIS << attempt, LONGEST_PAUSE_MILLIS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }
}
