package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.CommandBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** A STRING, which SET replaces together with its expiry. */
public final class StringWrite implements KeyWrite {
  private static final byte[] PXAT = "PXAT".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_BYTES = 96;

  private final byte[] key;
  private final byte[] value;
  private final long deadlineMillis;

  public StringWrite(byte[] key, byte[] value, long deadlineMillis) {
    this.key = key;
    this.value = value;
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public void encode(CommandBuffer commands) {
    commands.command(Command.SET, deadlineMillis > 0 ? 4 : 2);
    commands.argument(key);
    commands.argument(value);
    if (deadlineMillis > 0) {
      commands.argument(PXAT);
      commands.argument(KeyWrite.number(deadlineMillis));
    }
  }

  @Override
  public boolean transaction() {
    return false;
  }

  @Override
  public long bytes() {
    return key.length + (long) value.length + FRAME_BYTES;
  }

  @Override
  public Optional<String> fault(List<?> replies) {
    return replies.get(0) instanceof byte[] reply
            && new String(reply, StandardCharsets.US_ASCII).equals("OK")
        ? Optional.empty()
        : Optional.of("SET replied " + replies.get(0));
  }
}
