package io.github.item2vec.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** A STRING, which SET replaces together with its expiry. */
final class StringWrite implements KeyWrite {
  private static final byte[] PXAT = "PXAT".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_BYTES = 96;

  private final byte[] key;
  private final byte[] value;
  private final long deadlineMillis;

  StringWrite(byte[] key, byte[] value, long deadlineMillis) {
    this.key = key;
    this.value = value;
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public int send(RedisSession session) {
    if (deadlineMillis > 0) {
      session.send(Command.SET, key, value, PXAT, KeyWrite.number(deadlineMillis));
    } else {
      session.send(Command.SET, key, value);
    }
    return 1;
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
