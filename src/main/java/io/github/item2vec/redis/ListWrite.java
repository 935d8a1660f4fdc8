package io.github.item2vec.redis;

import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** A LIST replaced in one transaction: a retry or a second attempt never lengthens it. */
final class ListWrite implements KeyWrite {
  private static final int FRAME_BYTES = 16; // "$16\r\n...\r\n", rounded up

  private final byte[][] keyAndMembers;
  private final long deadlineMillis;

  ListWrite(byte[] key, List<byte[]> members, long deadlineMillis) {
    this.keyAndMembers = new byte[members.size() + 1][];
    this.keyAndMembers[0] = key;
    for (int i = 0; i < members.size(); i++) {
      this.keyAndMembers[i + 1] = members.get(i);
    }
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public byte[] key() {
    return keyAndMembers[0];
  }

  @Override
  public int send(RedisSession session) {
    session.send(Command.MULTI);
    session.send(Command.DEL, key());
    session.send(Command.RPUSH, keyAndMembers);
    if (deadlineMillis > 0) {
      session.send(Command.PEXPIREAT, key(), KeyWrite.number(deadlineMillis));
    }
    session.send(Command.EXEC);
    return deadlineMillis > 0 ? 5 : 4;
  }

  @Override
  public long bytes() {
    long bytes = 8L * FRAME_BYTES;
    for (byte[] part : keyAndMembers) {
      bytes += part.length + FRAME_BYTES;
    }
    return bytes;
  }

  @Override
  public Optional<String> fault(List<?> replies) {
    Object executed = replies.get(replies.size() - 1);
    if (!(executed instanceof List<?> results) || results.size() != replies.size() - 2) {
      return Optional.of("the server gave up the transaction (EXEC replied " + executed + ")");
    }
    int members = keyAndMembers.length - 1;
    if (!Long.valueOf(members).equals(results.get(1))) {
      return Optional.of("the list has " + results.get(1) + " members instead of " + members);
    }
    if (deadlineMillis > 0 && !Long.valueOf(1).equals(results.get(2))) {
      return Optional.of("the expiry was not set (PEXPIREAT replied " + results.get(2) + ")");
    }
    return Optional.empty();
  }
}
