package io.github.item2vec.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes on their way to one server; used inside a task. A batch is bounded in keys and bytes; the
 * next one is filled and sent while the server works on it; every reply of it is read, those nested
 * in EXEC included: Redis reports errors nowhere else. A batch whose connection broke is sent again
 * to the same server process, because each write is an overwrite; an error that the server reports
 * is never tried again.
 */
final class WriteBatch implements AutoCloseable {
  private static final int MAX_KEYS = 500;
  private static final long MAX_BYTES = 1L << 20;
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 100;

  /** A write on its way, and how many replies it will get. */
  private record Sent(KeyWrite write, int replies) {}

  private final RedisTarget target;
  private final String serverRun;
  private final List<KeyWrite> pending = new ArrayList<>();
  private final Queue<List<Sent>> unanswered = new ArrayDeque<>();
  private RedisSession session;
  private boolean connected = true;
  private long pendingBytes;
  private long commands;

  /**
   * @param serverRun the run_id that the server had when the publish began
   */
  WriteBatch(RedisTarget target, String serverRun) {
    this.target = target;
    this.serverRun = serverRun;
    this.session = connect();
  }

  /** Adds one write and sends the batch when it is full. */
  void add(KeyWrite write) {
    pending.add(write);
    pendingBytes += write.bytes();
    if (pending.size() >= MAX_KEYS || pendingBytes >= MAX_BYTES) {
      exchange(1);
    }
  }

  /**
   * Sends what waits and reads every reply.
   *
   * @throws RedisException at the first error, with the key and the server's words
   */
  void flush() {
    exchange(0);
  }

  /** Sends what waits and reads replies until only that many batches are without. */
  private void exchange(int unread) {
    for (int attempt = 1; !pending.isEmpty() || unanswered.size() > unread; attempt++) {
      try {
        reconnect();
        send();
        while (unanswered.size() > unread) {
          receive(unanswered.element());
          unanswered.remove();
        }
      } catch (JedisException | RedisException failure) {
        if (!RedisFailure.mayPass(failure)) {
          throw failure;
        }
        takeBack();
        session.close();
        connected = false;
        if (attempt == ATTEMPTS) {
          throw inDoubt(failure);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << attempt));
      }
    }
  }

  /** What has no reply is sent again, in its order. */
  private void takeBack() {
    List<KeyWrite> again = new ArrayList<>();
    unanswered.forEach(batch -> batch.forEach(sent -> again.add(sent.write())));
    unanswered.clear();
    pending.addAll(0, again);
  }

  /** Commands acknowledged so far. */
  long commands() {
    return commands;
  }

  @Override
  public void close() {
    session.close();
  }

  private void reconnect() {
    if (!connected) {
      session = connect();
      connected = true;
    }
  }

  private RedisSession connect() {
    RedisSession opened = RedisSession.open(target);
    try {
      if (!ServerFacts.of(opened).runId().equals(serverRun)) {
        throw new RedisException(
            target + " was restarted while publishing, so lists it took may be gone: run again");
      }
      return opened;
    } catch (RedisException e) {
      opened.close();
      throw e;
    }
  }

  private void send() {
    if (pending.isEmpty()) {
      return;
    }
    List<Sent> batch = new ArrayList<>(pending.size());
    for (KeyWrite write : pending) {
      batch.add(new Sent(write, write.send(session)));
    }
    unanswered.add(batch);
    pending.clear();
    pendingBytes = 0;
  }

  private void receive(List<Sent> batch) {
    List<Object> received = session.replies(batch.stream().mapToInt(Sent::replies).sum());
    int from = 0;
    for (Sent sent : batch) {
      check(sent.write(), received.subList(from, from + sent.replies()));
      from += sent.replies();
    }
    commands += from;
  }

  private void check(KeyWrite write, List<?> replies) {
    replies.forEach(reply -> requireNoError(write, reply));
    write
        .fault(replies)
        .ifPresent(
            fault -> {
              throw failure(write, fault);
            });
  }

  private void requireNoError(KeyWrite write, Object reply) {
    if (reply instanceof JedisDataException error) {
      throw failure(write, RedisFailure.reason(error));
    }
    if (reply instanceof List<?> nested) {
      nested.forEach(inner -> requireNoError(write, inner));
    }
  }

  private RedisException failure(KeyWrite write, String reason) {
    return new RedisException(
        "the key %s on %s: %s".formatted(KeyText.of(write.key()), target, reason));
  }

  private RedisException inDoubt(RuntimeException cause) {
    return new RedisException(
        ("the connection to %s was lost (%s); whether the batch of %d keys from %s on was"
                + " stored is unknown: run again, nothing of it is visible")
            .formatted(
                target,
                RedisFailure.reason(cause),
                pending.size(),
                KeyText.of(pending.get(0).key())),
        cause);
  }
}
