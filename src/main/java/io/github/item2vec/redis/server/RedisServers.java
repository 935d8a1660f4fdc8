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
 * The driver's connections to all servers that hold a target's keys, or those of a task that reads,
 * one each, opened when it is needed; a command goes to the one that has its key and follows a
 * cluster's redirections.
 */
public final class RedisServers implements AutoCloseable {
  private final Map<RedisTarget, RedisSession> sessions = new HashMap<>();
  private Masters masters;

  private RedisServers(Masters masters) {
    this.masters = masters;
  }

  /** Finds the masters; a connection that breaks meanwhile is tried again. */
  public static RedisServers open(RedisTarget target) {
    return new RedisServers(Retry.of(() -> Masters.read(target)));
  }

  /** To the masters as they were found before, for a task that reads. */
  public static RedisServers of(Masters masters) {
    return new RedisServers(masters);
  }

  public Masters masters() {
    return masters;
  }

  /** One for each master; what it says is not tried again. */
  public List<RedisSession> sessions() {
    return masters.all().stream().map(master -> session(master.target())).toList();
  }

  /**
   * Does something on one master, and again over a new connection when the connection broke, so the
   * action may be applied twice. Never on a process that was started since.
   */
  public <T> T on(Masters.Master master, Function<RedisSession, T> action) {
    return Retry.of(() -> action.apply(session(master.target())));
  }

  /** Sends one command, whose first argument is the key, and waits for its reply. */
  public Object call(Command command, byte[] key, byte[]... rest) {
    byte[][] arguments = new byte[rest.length + 1][];
    arguments[0] = key;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    return at(key, session -> session.call(command, arguments));
  }

  /**
   * Does something where a key is, again elsewhere when a redirection is the answer, and again over
   * a new connection when the connection broke, so the action may be applied twice.
   *
   * @throws RedisException of the action, or when redirections do not end
   */
  public <T> T at(byte[] key, Function<RedisSession, T> action) {
    Optional<HostAndPort> ask = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      try {
        return ask.isPresent() ? asking(ask.get(), action) : on(masters.holding(key), action);
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

  private <T> T asking(HostAndPort node, Function<RedisSession, T> action) {
    RedisSession session =
        session(masters.all().get(0).target().withAddress(node.getHost(), node.getPort()));
    session.asking(true);
    try {
      return action.apply(session);
    } finally {
      session.asking(false);
    }
  }

  private static Redirect redirect(RedisException e) {
    return e.getCause() instanceof JedisDataException error
        ? Redirect.of(error).orElse(null)
        : null;
  }

  private RedisSession session(RedisTarget target) {
    RedisSession known = sessions.get(target);
    if (known != null && !known.broken()) {
      return known;
    }
    RedisSession session = RedisSession.open(target);
    if (known != null) {
      known.close();
      requireSameProcess(session);
    }
    sessions.put(target, session);
    return session;
  }

  /** What it took before may be gone when it is another. */
  private void requireSameProcess(RedisSession session) {
    String now = ServerFacts.of(session).runId();
    masters.all().stream()
        .filter(master -> master.target().equals(session.target()))
        .filter(master -> !master.runId().equals(now))
        .findFirst()
        .ifPresent(
            master -> {
              session.close();
              throw new RedisException(master.target() + " was restarted meanwhile: run again");
            });
  }

  @Override
  public void close() {
    sessions.values().forEach(RedisSession::close);
  }
}
