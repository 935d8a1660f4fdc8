package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.server.RedisServers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol.Command;

/**
 * Unlinks the keys of a generation lot by lot at a bounded rate; the driver holds a lot. A chunk of
 * the index goes after the keys that it names and no other goes with it: so what a killed removal
 * left, and what a task writes behind its back, is found the next time. Driver only.
 */
final class KeyRemoval {
  private static final long UNLINK_PER_SECOND = 100_000;

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
   * Unlinks all keys but the description.
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
          .forEach((shard, field, users) -> removal.chunk(meta, shard, field, users));
    } else {
      new DatabaseScan(servers, keys, meta.id()).forEach(removal::unlink);
    }
    servers.call(Command.UNLINK, keys.dictionary(meta.id()));
    return removal.removed;
  }

  private void chunk(GenerationMeta meta, byte[] shard, byte[] field, List<UUID> users) {
    List<byte[]> named = new ArrayList<>(users.size());
    users.forEach(user -> named.add(keys.user(meta.id(), meta.layout().keyForm(), user)));
    unlink(named);
    servers.call(Command.HDEL, shard, field);
  }

  /** One by one, because a cluster takes no command with two slots. */
  private void unlink(List<byte[]> some) {
    for (Object count : many.all(Command.UNLINK, some)) {
      removed += (long) count;
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(some.size()) / UNLINK_PER_SECOND);
  }
}
