package io.github.item2vec.redis.server;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Puts what went wrong into one line with the thing to fix; used on the driver and in tasks. */
public final class RedisFailure {
  private static final Map<String, String> ADVICE = new LinkedHashMap<>();

  static {
    ADVICE.put("WRONGPASS", "the user or the password is wrong");
    ADVICE.put("NOAUTH", "the server asks for a password: give one (REDIS_PASSWORD or the URL)");
    ADVICE.put("ERR AUTH", "the server has no password set: give none");
    ADVICE.put("READONLY", "this is a read-only replica: give the address of the master");
    ADVICE.put(
        "NOPERM",
        "the user's ACL lacks a right: it needs the keys under the prefix (~PREFIX*) and"
            + " +@read +@write +@transaction +info, in a cluster +cluster +asking too");
    ADVICE.put("OOM", "the server is full: raise maxmemory or publish less (layout, k, users)");
    ADVICE.put("MISCONF", "the server cannot save to its disk and refuses writes: mend that first");
    ADVICE.put("NOREPLICAS", "the server waits for replicas it does not have");
    ADVICE.put("LOADING", "the server is loading its data: try again when it is done");
    ADVICE.put("CLUSTERDOWN", "the cluster has slots without a master: mend it, then run again");
    ADVICE.put(
        "WRONGTYPE", "another program keeps a value of another type there: change the prefix");
    ADVICE.put("ERR DB index", "the server has no database of that number");
    ADVICE.put("ERR max number", "the server has no connection left: raise maxclients");
  }

  private RedisFailure() {}

  /** What a failed connection or command comes to. */
  public static RedisException of(RedisTarget target, String doing, Throwable thrown) {
    return new RedisException(doing + " on " + target + " failed: " + reason(thrown), thrown);
  }

  /** Whether trying again can help: the connection was lost, or the server is loading its data. */
  public static boolean mayPass(Throwable thrown) {
    return find(thrown, JedisConnectionException.class).isPresent()
        || find(thrown, JedisDataException.class)
            .filter(error -> error.getMessage().startsWith("LOADING"))
            .isPresent();
  }

  /** The reason alone, with advice where there is some. */
  public static String reason(Throwable thrown) {
    if (find(thrown, JedisDataException.class).isPresent()) {
      return withAdvice(find(thrown, JedisDataException.class).get().getMessage());
    }
    if (find(thrown, UnknownHostException.class).isPresent()) {
      return "unknown host: check the spelling or the name server";
    }
    if (find(thrown, SocketTimeoutException.class).isPresent()) {
      return "no answer in time: check address, port, firewall and whether the port speaks TLS"
          + " (rediss://), or raise the timeout";
    }
    if (find(thrown, SSLException.class).isPresent()) {
      return "TLS failed ("
          + find(thrown, SSLException.class).get().getMessage()
          + "): is the authority trusted (tls-ca), and does the certificate name this host?";
    }
    if (find(thrown, ConnectException.class).isPresent()) {
      return "connection refused: is a Redis server running there?";
    }
    return "the connection broke (" + thrown.getMessage() + ")";
  }

  private static String withAdvice(String message) {
    return ADVICE.entrySet().stream()
        .filter(entry -> message.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> message + ": " + entry.getValue())
        .orElse(message);
  }

  /** Jedis keeps the failure of each address it tried among the suppressed exceptions. */
  private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(thrown);
    for (int seen = 0; !open.isEmpty() && seen < 100; seen++) {
      Throwable next = open.remove();
      if (type.isInstance(next)) {
        return Optional.of(type.cast(next));
      }
      if (next.getCause() != null) {
        open.add(next.getCause());
      }
      for (Throwable suppressed : next.getSuppressed()) {
        open.add(suppressed);
      }
    }
    return Optional.empty();
  }
}
