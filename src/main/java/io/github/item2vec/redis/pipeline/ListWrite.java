package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.CommandBuffer;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** A LIST replaced in one transaction: a retry or a second attempt never lengthens it. */
public final class ListWrite implements KeyWrite {
  private static final int COMMAND_BYTES = 32;

  private final byte[] key;
  private final byte[][] frames;
  private final long deadlineMillis;

  /**
   * @param frames the members, as {@link CommandBuffer#frame} makes them
   */
  public ListWrite(byte[] key, byte[][] frames, long deadlineMillis) {
    this.key = key;
    this.frames = frames;
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public void encode(CommandBuffer commands) {
    commands.command(Command.DEL, 1);
    commands.argument(key);
    commands.command(Command.RPUSH, 1 + frames.length);
    commands.argument(key);
    for (byte[] frame : frames) {
      commands.framed(frame);
    }
    if (deadlineMillis > 0) {
      commands.command(Command.PEXPIREAT, 2);
      commands.argument(key);
      commands.argument(KeyWrite.number(deadlineMillis));
    }
  }

  @Override
  public boolean transaction() {
    return true;
  }

  @Override
  public long bytes() {
    long bytes = 5L * COMMAND_BYTES + 3L * key.length;
    for (byte[] frame : frames) {
      bytes += frame.length;
    }
    return bytes;
  }

  @Override
  public Optional<String> fault(List<?> replies) {
    if (!Long.valueOf(frames.length).equals(replies.get(1))) {
      return Optional.of("the list has " + replies.get(1) + " members instead of " + frames.length);
    }
    if (deadlineMillis > 0 && !Long.valueOf(1).equals(replies.get(2))) {
      return Optional.of("the expiry was not set (PEXPIREAT replied " + replies.get(2) + ")");
    }
    return Optional.empty();
  }
}
