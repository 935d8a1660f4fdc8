package io.github.item2vec.redis;

import java.io.Serializable;
import java.util.UUID;

/**
 * What a task has to know to write its part of a generation.
 *
 * @param target the server
 * @param serverRun its run_id when the publish began
 * @param keys names under the prefix
 * @param layout how lists are stored
 * @param generation id
 * @param itemBytes bytes of an item in a STRING value
 * @param deadlineMillis when the first keys expire, by the server's clock; 0 for never
 * @param jitterMillis the last keys expire that much later
 */
record WriteSpec(
    RedisTarget target,
    String serverRun,
    GenerationKeys keys,
    ValueLayout layout,
    String generation,
    int itemBytes,
    long deadlineMillis,
    long jitterMillis)
    implements Serializable {

  byte[] key(UUID user) {
    return keys.user(generation, layout.keyForm(), user);
  }

  /** The user's own deadline, the same in every attempt. */
  long deadline(UUID user) {
    return deadlineMillis == 0
        ? 0
        : deadlineMillis + Math.floorMod(user.hashCode(), jitterMillis + 1);
  }
}
