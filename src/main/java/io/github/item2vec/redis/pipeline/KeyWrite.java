package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.CommandBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The commands that overwrite one key, so that repeating them changes nothing, and what their
 * replies have to be. Made and used inside a task.
 */
public sealed interface KeyWrite permits ListWrite, StringWrite, BucketWrite, FenceCheck {
  byte[] key();

  /** Adds the commands, without the MULTI and EXEC around them. */
  void encode(CommandBuffer commands);

  /** Whether a single command of them would leave another state than all. */
  boolean transaction();

  /** Size on the wire, roughly. */
  long bytes();

  /**
   * What is wrong with the commands' replies, none of which is an error; empty when all is well.
   */
  Optional<String> fault(List<?> replies);

  static byte[] number(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }
}
