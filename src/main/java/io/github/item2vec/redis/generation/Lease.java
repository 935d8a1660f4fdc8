package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * The right to publish under a prefix, held by one run at a time; driver only. It is renewed by a
 * daemon thread with a connection of its own, and lapses when the driver dies. A run with the same
 * run id takes it over at once. Who takes it puts its token beside each layout's pointer too: there
 * a flip can look at it in its own transaction, in whichever slots a cluster keeps pointers and
 * lease, and a run that has lost the lease flips nothing any more.
 */
public final class Lease implements AutoCloseable {
  /** After this long without a sign of life a run counts as dead, unless its options differ. */
  public static final Duration LIFE = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final long POLL_MILLIS = 200;

  private final RedisTarget target;
  private final GenerationKeys keys;
  private final byte[] token;
  private final long lifeMillis;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(Lease::daemon);

  private ScheduledFuture<?> turns;

  private Lease(RedisTarget target, GenerationKeys keys, byte[] token, Duration life) {
    this.target = target;
    this.keys = keys;
    this.token = token;
    this.lifeMillis = life.toMillis();
  }

  /**
   * Takes the lease, waiting at most its life for a run that may have died, which must have given
   * its own no longer one.
   *
   * @throws RedisException when another run keeps renewing it
   */
  public static Lease acquire(RedisTarget target, GenerationKeys keys, String run, Duration life) {
    byte[] token = utf8(run + " " + UUID.randomUUID());
    Lease lease = new Lease(target, keys, token, life);
    long deadline = System.nanoTime() + life.plusSeconds(1).toNanos();
    try (RedisServers servers = RedisServers.open(target)) {
      while (!lease.take(servers)) {
        String holder = text(servers.call(Command.GET, keys.lease()));
        if (holder.startsWith(run + " ")) {
          servers.call(Command.DEL, keys.lease());
        } else if (System.nanoTime() > deadline) {
          throw new RedisException(
              "another run (%s) is publishing under '%s' on %s: wait for it or change the prefix"
                  .formatted(holder.split(" ", 2)[0], keys.prefix(), target));
        } else {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
      }
      for (ValueLayout layout : ValueLayout.values()) {
        servers.call(Command.SET, keys.owner(layout), token);
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
  void requireHeld(RedisServers servers) {
    requireToken(servers.call(Command.GET, keys.lease()));
  }

  /**
   * Sets the pointer and, in the same transaction, sees that no other run has taken the lease
   * since.
   *
   * @throws RedisException when one has; the pointer is as it was
   */
  public void flip(RedisServers servers, ValueLayout layout, byte[] generation) {
    requireHeld(servers);
    byte[] owner = keys.owner(layout);
    Object executed =
        servers.at(
            owner,
            session -> {
              session.call(Command.WATCH, owner);
              requireToken(session.call(Command.GET, owner));
              session.call(Command.MULTI);
              session.call(Command.SET, keys.pointer(layout), generation);
              return session.call(Command.EXEC);
            });
    if (executed == null) {
      throw lost();
    }
  }

  /** Gives the lease back, if it is still this run's. */
  @Override
  public void close() {
    turns.cancel(true);
    renewal.shutdownNow();
    try (RedisServers servers = RedisServers.open(target)) {
      requireHeld(servers);
      for (ValueLayout layout : ValueLayout.values()) {
        servers.call(Command.DEL, keys.owner(layout));
      }
      servers.call(Command.DEL, keys.lease());
    } catch (RedisException e) {
      LOG.warn("lease not given back, it lapses by itself: {}", e.getMessage());
    }
  }

  private boolean take(RedisServers servers) {
    return servers.call(
            Command.SET, keys.lease(), token, utf8("NX"), utf8("PX"), KeyWrite.number(lifeMillis))
        != null;
  }

  private void keep() {
    turns =
        renewal.scheduleAtFixedRate(
            this::renew, lifeMillis / 3, lifeMillis / 3, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    try (RedisServers servers = RedisServers.open(target)) {
      requireHeld(servers);
      servers.call(Command.PEXPIRE, keys.lease(), KeyWrite.number(lifeMillis));
    } catch (RedisException e) {
      // the flip decides; until then the next turn may succeed
      LOG.warn("lease not renewed: {}", e.getMessage());
    }
  }

  private void requireToken(Object found) {
    if (!(found instanceof byte[] bytes) || !Arrays.equals(bytes, token)) {
      throw lost();
    }
  }

  private RedisException lost() {
    return new RedisException(
        ("the lease on %s was lost while publishing (server or driver stalled, or the same run was"
                + " started again): run again")
            .formatted(target));
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
