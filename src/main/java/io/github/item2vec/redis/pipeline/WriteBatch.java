package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.CommandBuffer;
import io.github.item2vec.redis.server.KeyText;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.Redirect;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisFailure;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.ServerFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes on their way to one server; used inside a task. A batch is bounded in keys and bytes; the
 * next one is filled and sent while the server works on it; every reply of it is read, those nested
 * in EXEC included: Redis reports errors nowhere else. A batch whose connection broke is sent again
 * to the same server process, because each write is an overwrite; what a cluster sends elsewhere is
 * handed back; any other error that the server reports is never tried again.
 */
final class WriteBatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteBatch.class);
  private static final int MAX_KEYS = 500;
  private static final long MAX_BYTES = 1L << 20;
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 100;

  /** A write on its way, and how many replies it will get; in a transaction the last has all. */
  private record Sent(KeyWrite write, int replies, boolean transaction) {}

  /** A write that the server did not take because another has its slot. */
  record Redirected(KeyWrite write, Redirect redirect) {}

  private final Masters.Master server;
  private final List<KeyWrite> pending = new ArrayList<>();
  private final Queue<List<Sent>> unanswered = new ArrayDeque<>();
  private final List<Redirected> redirected = new ArrayList<>();
  private final CommandBuffer commands = new CommandBuffer();
  private RedisSession session;
  private boolean connected = true;

  /** The batch whose replies have all been read, while they are looked at. */
  private List<Sent> checked = List.of();

  private long pendingBytes;
  private long acknowledged;

  /**
   * @param server with the run id that it had when the publish began
   */
  WriteBatch(Masters.Master server) {
    this.server = server;
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

  /** Sends one write to a server that is taking its slot over, and reads every reply. */
  void ask(KeyWrite write) {
    session.call(Command.ASKING); // counts until the end of the transaction
    commands.clear();
    Sent sent = transaction(write);
    session.send(commands);
    receive(List.of(sent));
  }

  /** What the server did not take since this was called last. */
  List<Redirected> takeRedirected() {
    List<Redirected> taken = List.copyOf(redirected);
    redirected.clear();
    return taken;
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
  long acknowledged() {
    return acknowledged;
  }

  /**
   * Reads what is left of the replies, if the task has failed: a connection that is closed before
   * that is cut within a batch, and then there may be keys whose entry in the index is gone.
   */
  @Override
  public void close() {
    try (RedisSession closed = session) {
      for (List<Sent> batch : unanswered) {
        if (connected && batch != checked) {
          closed.replies(replies(batch));
        }
      }
    } catch (JedisException e) {
      LOG.debug("{} did not answer all that a failed task has sent it", server.target(), e);
    }
  }

  private static int replies(List<Sent> batch) {
    return batch.stream().mapToInt(Sent::replies).sum();
  }

  private void reconnect() {
    if (!connected) {
      session = connect();
      connected = true;
    }
  }

  private RedisSession connect() {
    RedisSession opened = RedisSession.open(server.target());
    try {
      if (!ServerFacts.of(opened).runId().equals(server.runId())) {
        throw new RedisException(
            server.target()
                + " was restarted while publishing, so lists it took may be gone: run again");
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
    commands.clear();
    List<Sent> batch = new ArrayList<>(pending.size());
    for (KeyWrite write : pending) {
      batch.add(write.transaction() ? transaction(write) : plain(write));
    }
    session.send(commands);
    unanswered.add(batch);
    pending.clear();
    pendingBytes = 0;
  }

  private Sent plain(KeyWrite write) {
    int before = commands.commands();
    write.encode(commands);
    return new Sent(write, commands.commands() - before, false);
  }

  private Sent transaction(KeyWrite write) {
    int before = commands.commands();
    commands.command(Command.MULTI, 0);
    write.encode(commands);
    commands.command(Command.EXEC, 0);
    return new Sent(write, commands.commands() - before, true);
  }

  private void receive(List<Sent> batch) {
    List<Object> received = session.replies(replies(batch));
    checked = batch;
    int from = 0;
    for (Sent sent : batch) {
      check(sent, received.subList(from, from + sent.replies()));
      from += sent.replies();
    }
  }

  private void check(Sent sent, List<?> replies) {
    Optional<JedisDataException> error = error(replies);
    if (error.isPresent()) {
      Redirect redirect =
          Redirect.of(error.get())
              .orElseThrow(() -> failure(sent.write(), RedisFailure.reason(error.get())));
      redirected.add(new Redirected(sent.write(), redirect));
      return;
    }
    acknowledged += replies.size();
    List<?> results = sent.transaction() ? results(sent.write(), replies) : replies;
    sent.write()
        .fault(results)
        .ifPresent(
            fault -> {
              throw failure(sent.write(), fault);
            });
  }

  /** What EXEC replied, one result a command between it and MULTI. */
  private List<?> results(KeyWrite write, List<?> replies) {
    Object executed = replies.get(replies.size() - 1);
    if (!(executed instanceof List<?> results) || results.size() != replies.size() - 2) {
      throw failure(write, "the server gave up the transaction (EXEC replied " + executed + ")");
    }
    return results;
  }

  /** The first error, those inside of EXEC's reply too. */
  private static Optional<JedisDataException> error(List<?> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisDataException error) {
        return Optional.of(error);
      }
      if (reply instanceof List<?> nested) {
        Optional<JedisDataException> inner = error(nested);
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  private RedisException failure(KeyWrite write, String reason) {
    return new RedisException(
        "the key %s on %s: %s".formatted(KeyText.of(write.key()), server.target(), reason));
  }

  private RedisException inDoubt(RuntimeException cause) {
    return new RedisException(
        ("the connection to %s was lost (%s); whether the batch of %d keys from %s on was"
                + " stored is unknown: run again, nothing of it is visible")
            .formatted(
                server.target(),
                RedisFailure.reason(cause),
                pending.size(),
                KeyText.of(pending.get(0).key())),
        cause);
  }
}
