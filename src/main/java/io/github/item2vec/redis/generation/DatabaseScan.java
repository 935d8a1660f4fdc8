package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisServers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * The keys of a generation that an older version wrote, without an index: by SCAN over the whole
 * database, of each master of a cluster. SCAN may give a key twice while the server resizes its
 * table, and miss one while it moves to another master. Driver only.
 */
final class DatabaseScan {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseScan.class);
  private static final byte[] SCAN_COUNT = KeyWrite.number(2_000);
  private static final byte[] MATCH = "MATCH".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COUNT = "COUNT".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] START = "0".getBytes(StandardCharsets.US_ASCII);

  private final RedisServers servers;
  private final GenerationKeys keys;
  private final String id;

  DatabaseScan(RedisServers servers, GenerationKeys keys, String id) {
    this.servers = servers;
    this.keys = keys;
    this.id = id;
  }

  /** All keys but the description and the dictionary, a page at a time. */
  void forEach(Consumer<List<byte[]>> page) {
    LOG.warn("generation {} has no index (an older version wrote it): all keys are scanned", id);
    Set<ByteBuffer> own =
        Set.of(ByteBuffer.wrap(keys.meta(id)), ByteBuffer.wrap(keys.dictionary(id)));
    for (Masters.Master master : servers.masters().all()) {
      byte[] cursor = START;
      do {
        byte[] from = cursor;
        List<?> reply =
            (List<?>)
                servers.on(
                    master,
                    session ->
                        session.call(
                            Command.SCAN, from, MATCH, keys.pattern(id), COUNT, SCAN_COUNT));
        List<?> found = (List<?>) reply.get(1);
        page.accept(
            found.stream()
                .map(key -> (byte[]) key)
                .filter(key -> !own.contains(ByteBuffer.wrap(key)))
                .toList());
        cursor = (byte[]) reply.get(0);
      } while (cursor.length != 1 || cursor[0] != '0');
    }
  }
}
