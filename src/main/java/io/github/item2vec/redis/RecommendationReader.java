package io.github.item2vec.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.Protocol.Command;

/** Reads one user's list back; no Spark needed, one connection and one round trip a call. */
public final class RecommendationReader {
  private static final byte[] FIRST = "0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST = "-1".getBytes(StandardCharsets.US_ASCII);

  private RecommendationReader() {}

  /**
   * The items stored for a user, best first; empty when there is no such key.
   *
   * @throws RedisException when the server cannot be read or holds something else under the key
   */
  public static List<UUID> read(RedisTarget target, ValueLayout layout, String prefix, UUID user) {
    try (RedisSession session = RedisSession.open(target)) {
      List<?> members =
          (List<?>) session.call(Command.LRANGE, layout.key(prefix, user), FIRST, LAST);
      return members.stream().map(member -> layout.decode((byte[]) member)).toList();
    } catch (IllegalArgumentException e) {
      throw new RedisException(
          "the list of %s%s on %s is not %s (%s): was it published in another layout?"
              .formatted(prefix, user, target, layout, e.getMessage()),
          e);
    }
  }
}
