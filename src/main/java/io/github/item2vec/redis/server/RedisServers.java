package io.github.item2vec.redis.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The driver's connections to all servers that hold a target's keys, one each; a command goes to
 * the one that has its key and follows a cluster's redirections.
 */
public final class RedisServers implements AutoCloseable {
  private final Map<RedisTarget, RedisSession> sessions = new HashMap<>();
  private Masters masters;

  private RedisServers(Masters masters) {
    this.masters = masters;
  }

  public static RedisServers open(RedisTarget target) {
    return new RedisServers(Masters.read(target));
  }

  public Masters masters() {
    return masters;
  }

  public RedisSession session(Masters.Master master) {
    return session(master.target());
  }

  /** One for each master. */
  public List<RedisSession> sessions() {
    return masters.all().stream().map(this::session).toList();
  }

  /** Sends one command, whose first argument is the key, and waits for its reply. */
  public Object call(Command command, byte[] key, byte[]... rest) {
    byte[][] arguments = new byte[rest.length + 1][];
    arguments[0] = key;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    return at(key, session -> session.call(command, arguments));
  }

  /**
   * Does something where a key is, and again elsewhere when a redirection is the answer.
   *
   * @throws RedisException of the action, or when redirections do not end
   */
  public <T> T at(byte[] key, Function<RedisSession, T> action) {
    Optional<HostAndPort> ask = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      try {
        return action.apply(ask.isPresent() ? asking(ask.get()) : session(masters.holding(key)));
      } catch (RedisException e) {
        Redirect redirect = redirect(e);
        if (redirect == null || attempt == Redirect.ATTEMPTS) {
          throw e;
        }
        Redirect.pause(attempt + 1);
        ask = redirect.ask();
        if (ask.isEmpty()) {
          masters = masters.again();
        }
      }
    }
  }

  private RedisSession asking(HostAndPort node) {
    RedisSession session =
        session(masters.all().get(0).target().withAddress(node.getHost(), node.getPort()));
    session.call(Command.ASKING);
    return session;
  }

  private static Redirect redirect(RedisException e) {
    return e.getCause() instanceof JedisDataException error
        ? Redirect.of(error).orElse(null)
        : null;
  }

  private RedisSession session(RedisTarget target) {
    return Optional.ofNullable(sessions.get(target)).orElseGet(() -> opened(target));
  }

  private RedisSession opened(RedisTarget target) {
    RedisSession session = RedisSession.open(target);
    sessions.put(target, session);
    return session;
  }

  @Override
  public void close() {
    sessions.values().forEach(RedisSession::close);
  }
}
