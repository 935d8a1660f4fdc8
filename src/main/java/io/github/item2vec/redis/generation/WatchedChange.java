package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import redis.clients.jedis.Protocol.Command;

/**
 * A change that happens only while what was looked at is so: WATCH, GET, MULTI, EXEC. It is tried
 * again when its reply is lost, so it has to be one that may be made twice. Driver only.
 */
final class WatchedChange {
  private static final int LOOKS = 20;

  private WatchedChange() {}

  /**
   * Makes the change.
   *
   * @param watched STRINGs of one slot
   * @param holds whether to make it, from their texts; "" for a key that is not there
   * @param commands sends the change's commands
   * @return whether it was made
   */
  static boolean make(
      RedisServers servers,
      List<byte[]> watched,
      Predicate<List<String>> holds,
      Consumer<RedisSession> commands) {
    return servers.at(watched.get(0), session -> made(session, watched, holds, commands));
  }

  private static boolean made(
      RedisSession session,
      List<byte[]> watched,
      Predicate<List<String>> holds,
      Consumer<RedisSession> commands) {
    for (int look = 1; look <= LOOKS; look++) {
      session.call(Command.WATCH, watched.toArray(byte[][]::new));
      List<String> texts = new ArrayList<>();
      watched.forEach(key -> texts.add(Utf8.text(session.call(Command.GET, key))));
      if (!holds.test(texts)) {
        session.call(Command.UNWATCH);
        return false;
      }
      session.call(Command.MULTI);
      try {
        commands.accept(session);
      } catch (RedisException e) {
        discard(session);
        throw e;
      }
      if (session.call(Command.EXEC) != null) {
        return true;
      }
    }
    throw new RedisException(
        "%s keeps changing on %s: others write there; change the prefix"
            .formatted(Utf8.text(watched.get(0)), session.target()));
  }

  /** The connection is used again, unless it is the connection that failed. */
  private static void discard(RedisSession session) {
    try {
      session.call(Command.DISCARD);
    } catch (RedisException e) {
      // the failure before this one is on its way up
    }
  }
}
