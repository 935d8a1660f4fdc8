package io.github.item2vec.redis;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol.Command;

/**
 * The right to publish under a prefix, held by one run at a time; driver only. It is renewed by a
 * daemon thread with a connection of its own, and lapses when the driver dies. A run with the same
 * run id takes it over at once.
 */
final class Lease implements AutoCloseable {
  private static final long LIFE_MILLIS = 15_000;
  private static final int FLIPS = 5;
  private static final long POLL_MILLIS = 200;

  private final RedisTarget target;
  private final byte[] key;
  private final byte[] token;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(Lease::daemon);

  private ScheduledFuture<?> turns;

  private Lease(RedisTarget target, byte[] key, byte[] token) {
    this.target = target;
    this.key = key;
    this.token = token;
  }

  /**
   * Takes the lease, waiting at most its life of 15 s for a run that may have died.
   *
   * @throws RedisException when another run keeps renewing it
   */
  static Lease acquire(RedisTarget target, GenerationKeys keys, String run) {
    byte[] token = utf8(run + " " + UUID.randomUUID());
    Lease lease = new Lease(target, keys.lease(), token);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIFE_MILLIS + 1_000);
    try (RedisSession session = RedisSession.open(target)) {
      while (!lease.take(session)) {
        String holder = text(session.call(Command.GET, lease.key));
        if (holder.startsWith(run + " ")) {
          session.call(Command.DEL, lease.key);
        } else if (System.nanoTime() > deadline) {
          throw new RedisException(
              "another run (%s) is publishing under '%s' on %s: wait for it or change the prefix"
                  .formatted(holder.split(" ", 2)[0], keys.prefix(), target));
        } else {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
      }
      lease.keep();
      return lease;
    } catch (RedisException e) {
      lease.renewal.shutdownNow();
      throw e;
    }
  }

  /**
   * Checks that nobody has taken the lease since.
   *
   * @throws RedisException when this run no longer holds it
   */
  void requireHeld(RedisSession session) {
    if (!text(session.call(Command.GET, key)).equals(new String(token, StandardCharsets.UTF_8))) {
      throw new RedisException(
          ("the lease on %s was lost while publishing (server or driver stalled, or the same run was"
                  + " started again): run again")
              .formatted(target));
    }
  }

  /**
   * Sets the pointer and, in the same transaction, sees that the lease is still this run's.
   *
   * @throws RedisException when it is not; the pointer is as it was
   */
  void flip(RedisSession session, byte[] pointer, byte[] generation) {
    for (int attempt = 0; attempt < FLIPS; attempt++) {
      session.call(Command.WATCH, key);
      requireHeld(session);
      session.call(Command.MULTI);
      session.call(Command.SET, pointer, generation);
      if (session.call(Command.EXEC) != null) {
        return;
      }
      // the lease was changed since WATCH: by its own renewal, or by a run that took it
    }
    throw new RedisException("the lease on " + target + " changes all the time: run again");
  }

  /** Gives the lease back, if it is still this run's. */
  @Override
  public void close() {
    turns.cancel(true);
    renewal.shutdownNow();
    try (RedisSession session = RedisSession.open(target)) {
      requireHeld(session);
      session.call(Command.DEL, key);
    } catch (RedisException e) {
      System.err.println("lease not given back, it lapses by itself: " + e.getMessage());
    }
  }

  private boolean take(RedisSession session) {
    return session.call(
            Command.SET, key, token, utf8("NX"), utf8("PX"), KeyWrite.number(LIFE_MILLIS))
        != null;
  }

  private void keep() {
    turns =
        renewal.scheduleAtFixedRate(
            this::renew, LIFE_MILLIS / 3, LIFE_MILLIS / 3, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    try (RedisSession session = RedisSession.open(target)) {
      requireHeld(session);
      session.call(Command.PEXPIRE, key, KeyWrite.number(LIFE_MILLIS));
    } catch (RedisException e) {
      // requireHeld before the flip decides; until then the next turn may succeed
      System.err.println("lease not renewed: " + e.getMessage());
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "item2vec-redis-lease");
    thread.setDaemon(true);
    return thread;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Object bytes) {
    return bytes == null ? "" : new String((byte[]) bytes, StandardCharsets.UTF_8);
  }
}
