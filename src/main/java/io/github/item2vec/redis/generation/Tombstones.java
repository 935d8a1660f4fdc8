package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.ServersSnapshot;
import io.github.item2vec.redis.server.Utf8;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * Generations that were removed: a task that was stopped may still bring keys of them, so each
 * publish and prune looks again, at the index alone or at the buckets' names. They are remembered
 * for {@link #AGE}, and no more than {@value #MOST} of them. Driver only, under the lease.
 */
final class Tombstones {
  /** How long a task may have been stopped and still be cleaned up after. */
  static final Duration AGE = Duration.ofDays(7);

  private static final int MOST = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);

  private final RedisServers servers;
  private final GenerationKeys keys;

  Tombstones(RedisServers servers, GenerationKeys keys) {
    this.servers = servers;
    this.keys = keys;
  }

  /** Remembers a generation that is about to be removed, and its similar items for themselves. */
  void add(GenerationMeta meta) {
    remember(meta);
    meta.similar().ifPresent(this::remember);
  }

  private void remember(GenerationMeta meta) {
    if (meta.namesItsKeys()) {
      long now = ServersSnapshot.of(servers).timeMillis();
      String text = "%d %s %d".formatted(now, meta.fields().get("layout"), meta.number("buckets"));
      servers.call(Command.HSET, keys.removed(), Utf8.bytes(meta.id()), Utf8.bytes(text));
    }
  }

  /** Removes what was written since, and forgets the oldest. */
  void sweep() {
    List<?> reply = (List<?>) servers.call(Command.HGETALL, keys.removed());
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < reply.size(); i += 2) {
      all.put(Utf8.text(reply.get(i)), Utf8.text(reply.get(i + 1)));
    }
    List<String> newestFirst = new ArrayList<>(all.keySet());
    newestFirst.sort(Comparator.reverseOrder());
    long now = all.isEmpty() ? 0 : ServersSnapshot.of(servers).timeMillis();
    for (String id : newestFirst) {
      String[] words = all.get(id).split(" ", 3);
      sweep(id, words);
      if (now - Long.parseLong(words[0]) > AGE.toMillis() || newestFirst.indexOf(id) >= MOST) {
        servers.call(Command.HDEL, keys.removed(), Utf8.bytes(id));
      }
    }
  }

  private void sweep(String id, String[] words) {
    GenerationMeta meta =
        new GenerationMeta(id, Map.of("layout", words[1], "buckets", words[2], "index", ""));
    long found = KeyRemoval.of(servers, keys, meta);
    servers.call(Command.UNLINK, keys.meta(id));
    if (found > 0) {
      LOG.warn("{} keys that were written after generation {} was removed are gone", found, id);
    }
  }
}
