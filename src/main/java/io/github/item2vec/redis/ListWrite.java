package io.github.item2vec.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** A LIST replaced in one transaction: a retry or a second attempt never lengthens it. */
final class ListWrite implements KeyWrite {
  private static final int FRAME_BYTES = 16; // "$16\r\n...\r\n", rounded up

  private final byte[] key;
  private final List<byte[]> members;
  private final long deadlineMillis;

  ListWrite(byte[] key, List<byte[]> members, long deadlineMillis) {
    this.key = key;
    this.members = members;
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public List<Step> steps() {
    List<byte[]> arguments = new ArrayList<>(members.size() + 1);
    arguments.add(key);
    arguments.addAll(members);
    List<Step> steps = new ArrayList<>(5);
    steps.add(new Step(Command.MULTI));
    steps.add(new Step(Command.DEL, key));
    steps.add(new Step(Command.RPUSH, arguments));
    if (deadlineMillis > 0) {
      steps.add(new Step(Command.PEXPIREAT, key, KeyWrite.number(deadlineMillis)));
    }
    steps.add(new Step(Command.EXEC));
    return steps;
  }

  @Override
  public long bytes() {
    long bytes = 8L * FRAME_BYTES;
    for (byte[] member : members) {
      bytes += member.length + FRAME_BYTES;
    }
    return bytes;
  }

  @Override
  public Optional<String> fault(List<?> replies) {
    Object executed = replies.get(replies.size() - 1);
    if (!(executed instanceof List<?> results) || results.size() != replies.size() - 2) {
      return Optional.of("the server gave up the transaction (EXEC replied " + executed + ")");
    }
    if (!Long.valueOf(members.size()).equals(results.get(1))) {
      return Optional.of(
          "the list has " + results.get(1) + " members instead of " + members.size());
    }
    if (deadlineMillis > 0 && !Long.valueOf(1).equals(results.get(2))) {
      return Optional.of("the expiry was not set (PEXPIREAT replied " + results.get(2) + ")");
    }
    return Optional.empty();
  }
}
