package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.KeyText;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.Utf8;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.Protocol.Command;

/**
 * Whether the servers keep buckets compact: a HASH with a value longer than its {@code
 * hash-max-listpack-value} (before Redis 7: {@code hash-max-ziplist-value}) takes several times the
 * memory. Driver only.
 */
final class CompactHashes {
  private static final Set<String> COMPACT = Set.of("listpack", "ziplist");

  private CompactHashes() {}

  /**
   * The longest value that stays compact on each of them, in bytes.
   *
   * @param wanted they are told to allow at least that; 0 leaves their setting alone
   * @throws RedisException when one does not say and nothing is wanted, or refuses
   */
  static int longestValue(RedisServers servers, int wanted) {
    return servers.sessions().stream()
        .mapToInt(session -> longestValue(session, wanted))
        .min()
        .orElseThrow();
  }

  private static int longestValue(RedisSession session, int wanted) {
    List<?> setting;
    try {
      setting =
          (List<?>) session.call(Command.CONFIG, Utf8.bytes("GET"), Utf8.bytes("hash-max-*-value"));
    } catch (RedisException e) {
      if (wanted > 0) {
        return wanted; // a managed server hides its settings: the encoding is looked at afterwards
      }
      throw new RedisException(
          "the server does not tell its hash-max-listpack-value: give what it has been set to as"
              + " the option of that name; "
              + e.getMessage(),
          e);
    }
    int allowed = Integer.parseInt(Utf8.text(setting.get(1)));
    if (wanted <= allowed) {
      return allowed;
    }
    session.call(
        Command.CONFIG, Utf8.bytes("SET"), (byte[]) setting.get(0), KeyWrite.number(wanted));
    return wanted;
  }

  /** Throws when the HASH is not compact. */
  static void require(RedisServers servers, byte[] key) {
    String encoding =
        servers.at(
            key, session -> Utf8.text(session.call(Command.OBJECT, Utf8.bytes("ENCODING"), key)));
    if (!COMPACT.contains(encoding)) {
      throw new RedisException(
          "the bucket %s on %s is no compact HASH but a %s: raise the server's hash-max-listpack-value"
              .formatted(KeyText.of(key), servers.masters(), encoding));
    }
  }
}
