package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.pipeline.FenceCheck;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.Utf8;
import java.time.Duration;
import java.util.List;
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
 * daemon thread with a connection of its own, and lapses when the driver dies or the server stalls;
 * a run whose lease lapsed takes it again when nobody else has, which the fence shows: it holds the
 * token of whoever took the lease last, and is never removed. A run with the same run id takes the
 * lease over at once. Who takes it puts its token beside each layout's pointer too: there a flip
 * can look at it in its own transaction, in whichever slots a cluster keeps pointers and lease, and
 * a run that has lost the lease flips nothing any more.
 */
public final class Lease implements AutoCloseable {
  /** After this long without a sign of life a run counts as dead, unless its options differ. */
  public static final Duration LIFE = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final long POLL_MILLIS = 200;
  private static final int LOOKS = 3;

  private final RedisTarget target;
  private final GenerationKeys keys;
  private final String run;
  private final String token;
  private final long lifeMillis;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(Lease::daemon);

  private ScheduledFuture<?> turns;
  private volatile boolean closed;
  private volatile boolean taken;

  private Lease(RedisTarget target, GenerationKeys keys, String run, Duration life) {
    this.target = target;
    this.keys = keys;
    this.run = run;
    this.token = run + " " + UUID.randomUUID();
    this.lifeMillis = life.toMillis();
  }

  /**
   * Takes the lease, waiting at most its life for a run that may have died, which must have given
   * its own no longer one.
   *
   * @throws RedisException when another run keeps renewing it
   */
  public static Lease acquire(RedisTarget target, GenerationKeys keys, String run, Duration life) {
    Lease lease = new Lease(target, keys, run, life);
    long deadline = System.nanoTime() + life.plusSeconds(1).toNanos();
    try (RedisServers servers = RedisServers.open(target)) {
      while (!lease.take(servers)) {
        if (System.nanoTime() > deadline) {
          String holder = Utf8.text(servers.call(Command.GET, keys.lease()));
          throw new RedisException(
              "another run (%s) is publishing under '%s' on %s: wait for it or change the prefix"
                  .formatted(FenceCheck.run(holder), keys.prefix(), target));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      }
      for (ValueLayout layout : ValueLayout.values()) {
        servers.call(Command.SET, keys.owner(layout), Utf8.bytes(lease.token));
      }
      lease.keep();
      return lease;
    } catch (RedisException e) {
      lease.renewal.shutdownNow();
      throw e;
    }
  }

  /** What the fence holds as long as nobody else has taken the lease. */
  String token() {
    return token;
  }

  /** Whether another run was seen to have taken it: what this one wrote will never be read. */
  boolean taken() {
    return taken;
  }

  /**
   * Sees that nobody has taken the lease since, and renews it; one that has lapsed is taken again.
   *
   * @throws RedisException when another run has taken it
   */
  void requireHeld(RedisServers servers) {
    String[] holder = {""};
    boolean held =
        WatchedChange.make(
            servers,
            List.of(keys.lease(), keys.fence()),
            texts -> {
              String now = texts.get(0);
              holder[0] = mine(now) ? texts.get(1) : now;
              return !closed && holder[0].equals(token);
            },
            session -> setLease(session));
    if (!held) {
      throw lost(holder[0]);
    }
  }

  /**
   * Sets the pointer and, in the same transaction, sees that no other run has taken the lease
   * since. When the reply is lost, the pointer tells whether that happened.
   *
   * @throws RedisException when one has; the pointer is as it was
   */
  public void flip(RedisServers servers, ValueLayout layout, String generation) {
    for (int look = 1; ; look++) {
      requireHeld(servers);
      String[] found = {"", ""};
      boolean flipped =
          WatchedChange.make(
              servers,
              List.of(keys.owner(layout), keys.pointer(layout)),
              texts -> {
                found[0] = texts.get(0);
                found[1] = texts.get(1);
                return found[0].equals(token);
              },
              session -> session.call(Command.SET, keys.pointer(layout), Utf8.bytes(generation)));
      if (flipped || found[1].equals(generation)) {
        return;
      }
      requireHeld(servers); // else the other has the lease
      if (look == LOOKS) {
        throw lost(found[0]);
      }
      // written by a run that stood still since it had the lease; its holder says who may flip
      servers.call(Command.SET, keys.owner(layout), Utf8.bytes(token));
    }
  }

  /** Gives the lease back, if it is still this run's; tasks that still run stop. */
  @Override
  public void close() {
    closed = true;
    turns.cancel(true);
    renewal.shutdownNow();
    try (RedisServers servers = RedisServers.open(target)) {
      if (!mine(Utf8.text(servers.call(Command.GET, keys.lease())))
          || !Utf8.text(servers.call(Command.GET, keys.fence())).equals(token)) {
        LOG.warn("the lease of {} is another run's already", run);
        return;
      }
      for (ValueLayout layout : ValueLayout.values()) {
        WatchedChange.make(
            servers,
            List.of(keys.owner(layout)),
            texts -> texts.get(0).equals(token),
            session -> session.call(Command.DEL, keys.owner(layout)));
      }
      WatchedChange.make(
          servers,
          List.of(keys.lease(), keys.fence()),
          texts -> mine(texts.get(0)) && texts.get(1).equals(token),
          this::release);
    } catch (RedisException e) {
      LOG.warn("lease not given back, it lapses by itself: {}", e.getMessage());
    }
  }

  /** Whether the lease is this run's, or has lapsed. */
  private boolean mine(String holder) {
    return holder.isEmpty() || holder.equals(token);
  }

  private void release(RedisSession session) {
    session.call(Command.DEL, keys.lease());
    session.call(Command.SET, keys.fence(), Utf8.bytes(FenceCheck.released(run)));
  }

  private boolean take(RedisServers servers) {
    return WatchedChange.make(
        servers,
        List.of(keys.lease(), keys.fence()),
        texts -> texts.get(0).isEmpty() || FenceCheck.run(texts.get(0)).equals(run),
        session -> {
          setLease(session);
          session.call(Command.SET, keys.fence(), Utf8.bytes(token));
        });
  }

  private void setLease(RedisSession session) {
    session.call(
        Command.SET,
        keys.lease(),
        Utf8.bytes(token),
        Utf8.bytes("PX"),
        KeyWrite.number(lifeMillis));
  }

  private void keep() {
    turns =
        renewal.scheduleAtFixedRate(
            this::renew, lifeMillis / 3, lifeMillis / 3, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    if (taken || closed) {
      return;
    }
    try (RedisServers servers = RedisServers.open(target)) {
      requireHeld(servers);
    } catch (RedisException e) {
      if (!closed) {
        // the flip decides; unless another run has it the next turn may succeed
        LOG.warn("lease not renewed: {}", e.getMessage());
      }
    }
  }

  private RedisException lost(String holder) {
    taken = true;
    return new RedisException("on %s %s".formatted(target, FenceCheck.taken(holder)));
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "item2vec-redis-lease");
    thread.setDaemon(true);
    return thread;
  }
}
