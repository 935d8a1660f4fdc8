package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.Protocol.Command;

/** The index of one generation, read chunk by chunk; a chunk may come twice. Driver only. */
final class IndexChunks {
  private static final byte[] CHUNKS_AT_A_TIME = KeyWrite.number(10);
  private static final byte[] COUNT = "COUNT".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] START = "0".getBytes(StandardCharsets.US_ASCII);

  private final RedisServers servers;
  private final List<byte[]> shards;

  IndexChunks(RedisServers servers, GenerationKeys keys, String id) {
    this.servers = servers;
    this.shards =
        IntStream.range(0, UserIndex.SHARDS).mapToObj(shard -> keys.index(id, shard)).toList();
  }

  /** Takes the bytes of a chunk, which {@link UserIndex#users} reads, and where it is. */
  interface Visitor {
    void chunk(byte[] shard, byte[] field, byte[] chunk);
  }

  void forEach(Visitor visitor) {
    for (byte[] shard : present()) {
      byte[] cursor = START;
      do {
        byte[] from = cursor;
        List<?> reply =
            (List<?>)
                servers.at(
                    shard,
                    session -> session.call(Command.HSCAN, shard, from, COUNT, CHUNKS_AT_A_TIME));
        List<?> fields = (List<?>) reply.get(1);
        for (int i = 0; i < fields.size(); i += 2) {
          visitor.chunk(shard, (byte[]) fields.get(i), (byte[]) fields.get(i + 1));
        }
        cursor = (byte[]) reply.get(0);
      } while (cursor.length != 1 || cursor[0] != '0');
    }
  }

  /** The HASHes that are there. */
  List<byte[]> present() {
    return new ManyKeys(servers).present(shards);
  }
}
