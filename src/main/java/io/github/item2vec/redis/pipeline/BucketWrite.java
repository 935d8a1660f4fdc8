package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.CommandBuffer;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** Users' lists as fields of a HASH; those that the HASH has of other users stay. */
public final class BucketWrite implements KeyWrite {
  private static final int FRAME_BYTES = 8;

  private final byte[][] keyAndFields;
  private final long deadlineMillis;

  /**
   * @param fields field, value, field, value
   */
  public BucketWrite(byte[] key, List<byte[]> fields, long deadlineMillis) {
    this.keyAndFields = new byte[fields.size() + 1][];
    this.keyAndFields[0] = key;
    for (int i = 0; i < fields.size(); i++) {
      this.keyAndFields[i + 1] = fields.get(i);
    }
    this.deadlineMillis = deadlineMillis;
  }

  @Override
  public byte[] key() {
    return keyAndFields[0];
  }

  @Override
  public void encode(CommandBuffer commands) {
    commands.command(Command.HSET, keyAndFields.length);
    for (byte[] part : keyAndFields) {
      commands.argument(part);
    }
    if (deadlineMillis > 0) {
      commands.command(Command.PEXPIREAT, 2);
      commands.argument(key());
      commands.argument(KeyWrite.number(deadlineMillis));
    }
  }

  @Override
  public boolean transaction() {
    return false;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (byte[] part : keyAndFields) {
      bytes += part.length + FRAME_BYTES;
    }
    return bytes;
  }

  /** HSET tells how many of the fields are new: fewer when the batch is sent again. */
  @Override
  public Optional<String> fault(List<?> replies) {
    if (!(replies.get(0) instanceof Long added) || added > keyAndFields.length / 2) {
      return Optional.of("HSET replied " + replies.get(0));
    }
    if (deadlineMillis > 0 && !Long.valueOf(1).equals(replies.get(1))) {
      return Optional.of("the expiry was not set (PEXPIREAT replied " + replies.get(1) + ")");
    }
    return Optional.empty();
  }
}
