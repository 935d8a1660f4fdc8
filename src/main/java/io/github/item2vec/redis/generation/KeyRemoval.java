package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.server.RedisServers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol.Command;

/**
 * Unlinks the keys of a generation lot by lot at a bounded rate; the driver holds a lot. A chunk of
 * the index is moved to a field of another name before its keys are unlinked, and goes after them:
 * a killed removal finds it there, and a task that writes at the same time writes its own field
 * again after its keys, which no removal takes without a look at the keys. Driver only.
 */
final class KeyRemoval {
  private static final long UNLINK_PER_SECOND = 100_000;

  /** Before a field's name; no task's field has a letter. */
  private static final byte MOVED = 'm';

  private final RedisServers servers;
  private final GenerationKeys keys;
  private final ManyKeys many;
  private long removed;

  private KeyRemoval(RedisServers servers, GenerationKeys keys) {
    this.servers = servers;
    this.keys = keys;
    this.many = new ManyKeys(servers);
  }

  /**
   * Unlinks all keys but the description, those of similar items too.
   *
   * @return how many keys of lists were there
   */
  static long of(RedisServers servers, GenerationKeys keys, GenerationMeta meta) {
    KeyRemoval removal = new KeyRemoval(servers, keys);
    long buckets = meta.number("buckets");
    if (meta.layout().buckets() && buckets > 0) {
      for (long from = 0; from < buckets; from += ManyKeys.LOT) {
        removal.unlink(removal.many.present(BucketNames.of(keys, meta.id(), from, buckets)));
      }
    } else if (meta.namesItsKeys()) {
      new IndexChunks(servers, keys, meta.id())
          .forEach((shard, field, chunk) -> removal.chunk(meta, shard, field, chunk));
    } else {
      new DatabaseScan(servers, keys, meta.id()).forEach(removal::unlink);
    }
    servers.call(Command.UNLINK, keys.dictionary(meta.id()));
    return removal.removed + meta.similar().map(part -> of(servers, keys, part)).orElse(0L);
  }

  private void chunk(GenerationMeta meta, byte[] shard, byte[] field, byte[] chunk) {
    byte[] moved = field;
    if (field[0] != MOVED) {
      moved = ByteBuffer.allocate(field.length + 1).put(MOVED).put(field).array();
      servers.call(Command.HSET, shard, moved, chunk);
      servers.call(Command.HDEL, shard, field);
    }
    List<byte[]> named = new ArrayList<>();
    UserIndex.users(chunk)
        .forEach(user -> named.add(keys.user(meta.id(), meta.layout().keyForm(), user)));
    unlink(named);
    servers.call(Command.HDEL, shard, moved);
  }

  /** One by one, because a cluster takes no command with two slots. */
  private void unlink(List<byte[]> some) {
    for (Object count : many.all(Command.UNLINK, some)) {
      removed += (long) count;
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(some.size()) / UNLINK_PER_SECOND);
  }
}
