package io.github.item2vec.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Lists on their way to the server over one session; used inside a task. Each list is replaced as a
 * whole in its own transaction, so a retry, a speculative attempt or a re-run ends in the same
 * state, whatever came between. A batch is one round trip, bounded in lists and bytes, and every
 * reply of it is read, those nested in EXEC included: Redis reports errors nowhere else.
 */
final class ListBatch {
  private static final int MAX_LISTS = 500;
  private static final long MAX_BYTES = 1L << 20;
  private static final int FRAME_BYTES = 16; // "$16\r\n...\r\n", rounded up

  private final RedisSession session;
  private final Pipeline pipeline;
  private final ValueLayout layout;
  private final String prefix;
  private final long deadlineMillis;
  private final List<Pending> pending = new ArrayList<>();
  private long pendingBytes;
  private long commands;

  private record Pending(UUID user, int members) {}

  /**
   * @param deadlineMillis when the lists expire, by the server's clock; 0 for never
   */
  ListBatch(RedisSession session, ValueLayout layout, String prefix, long deadlineMillis) {
    this.session = session;
    this.pipeline = session.pipeline();
    this.layout = layout;
    this.prefix = prefix;
    this.deadlineMillis = deadlineMillis;
  }

  /** Replaces a user's list; an empty one deletes the key. Sends the batch when it is full. */
  void replace(UUID user, List<byte[]> members) {
    byte[] key = layout.key(prefix, user);
    if (members.isEmpty()) {
      send(Command.DEL, key);
    } else {
      send(Command.MULTI);
      send(Command.DEL, key);
      byte[][] arguments = new byte[members.size() + 1][];
      arguments[0] = key;
      for (int i = 0; i < members.size(); i++) {
        arguments[i + 1] = members.get(i);
        pendingBytes += members.get(i).length + FRAME_BYTES;
      }
      send(Command.RPUSH, arguments);
      if (deadlineMillis > 0) {
        send(Command.PEXPIREAT, key, ascii(Long.toString(deadlineMillis)));
      }
      send(Command.EXEC);
    }
    pending.add(new Pending(user, members.size()));
    if (pending.size() >= MAX_LISTS || pendingBytes >= MAX_BYTES) {
      flush();
    }
  }

  /**
   * Sends what waits and reads every reply.
   *
   * @throws RedisException at the first error, with the key and the server's words; when the
   *     connection breaks, that the batch is in doubt
   */
  void flush() {
    if (pending.isEmpty()) {
      return;
    }
    List<Object> replies;
    try {
      replies = pipeline.syncAndReturnAll();
    } catch (JedisException e) {
      throw inDoubt(e);
    }
    Iterator<Object> reply = replies.iterator();
    for (Pending list : pending) {
      check(list, reply);
    }
    pending.clear();
    pendingBytes = 0;
  }

  /** Commands sent so far. */
  long commands() {
    return commands;
  }

  private void check(Pending list, Iterator<Object> replies) {
    if (list.members() == 0) {
      requireNoError(list, replies.next());
      return;
    }
    int queued = deadlineMillis > 0 ? 4 : 3; // MULTI, DEL, RPUSH, PEXPIREAT
    for (int i = 0; i < queued; i++) {
      requireNoError(list, replies.next());
    }
    Object executed = replies.next();
    requireNoError(list, executed);
    if (!(executed instanceof List<?> results) || results.size() != queued - 1) {
      throw failure(list, "the server gave up the transaction (EXEC replied " + executed + ")");
    }
    if (!Long.valueOf(list.members()).equals(results.get(1))) {
      throw failure(
          list, "the list has " + results.get(1) + " members instead of " + list.members());
    }
    if (deadlineMillis > 0 && !Long.valueOf(1).equals(results.get(2))) {
      throw failure(list, "the expiry was not set (PEXPIREAT replied " + results.get(2) + ")");
    }
  }

  private void requireNoError(Pending list, Object reply) {
    if (reply instanceof JedisDataException error) {
      throw failure(list, RedisFailure.reason(error));
    }
    if (reply instanceof List<?> nested) {
      nested.forEach(inner -> requireNoError(list, inner));
    }
  }

  private RedisException failure(Pending list, String reason) {
    return new RedisException(
        "the list of %s%s (%s) on %s: %s"
            .formatted(prefix, list.user(), layout, session.target(), reason));
  }

  private RedisException inDoubt(JedisException cause) {
    return new RedisException(
        ("the connection to %s was lost (%s); whether the batch of %d lists from %s%s on was"
                + " stored is unknown: run again, it replaces them")
            .formatted(
                session.target(),
                RedisFailure.reason(cause),
                pending.size(),
                prefix,
                pending.get(0).user()),
        cause);
  }

  private void send(Command command, byte[]... arguments) {
    commands++;
    pendingBytes += FRAME_BYTES;
    try {
      // raw, because a typed command chokes on the QUEUED that it gets inside MULTI
      pipeline.sendCommand(command, arguments);
    } catch (JedisException e) { // the output buffer overflowed into a dead socket
      throw new RedisException(
          "the connection to %s was lost (%s); run again, it replaces every list"
              .formatted(session.target(), RedisFailure.reason(e)),
          e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
