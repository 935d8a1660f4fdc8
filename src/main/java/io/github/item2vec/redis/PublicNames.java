package io.github.item2vec.redis;

import io.github.item2vec.redis.layout.IdNames;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.server.RedisException;
import java.util.UUID;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What ids are called in the rows that are read: as the run's table says, else the UUID's text.
 * Used inside tasks.
 *
 * @param table its name, for messages
 * @param ids null without a table
 */
record PublicNames(String table, Broadcast<IdNames> ids) {
  /**
   * The name of an id.
   *
   * @throws RedisException when the table does not have it
   */
  UTF8String of(UUID uuid) {
    if (ids == null) {
      return UTF8String.fromBytes(UuidForm.TEXT.bytes(uuid));
    }
    UTF8String name = ids.value().name(uuid);
    if (name == null) {
      throw new RedisException(
          "%s is not in the table %s of option 'ids', which is of another run: give that of the run that published"
              .formatted(uuid, table));
    }
    return name;
  }
}
