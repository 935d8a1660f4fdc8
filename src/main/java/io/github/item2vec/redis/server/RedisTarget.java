package io.github.item2vec.redis.server;

import io.github.item2vec.text.Address;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Redis server is and how to log in. Immutable, serializable: travels into tasks with its
 * password, which {@link #toString()} never shows.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 * @param db database number, 0 on most servers
 * @param user ACL user, empty for the default user
 * @param password empty for none
 * @param tls whether the connection is encrypted and the server's name is checked
 * @param timeoutMillis limit for connecting and for each wait on a reply
 * @param tlsKeys whom to trust and what to show with TLS
 */
public record RedisTarget(
    String host,
    int port,
    int db,
    String user,
    String password,
    boolean tls,
    int timeoutMillis,
    TlsKeys tlsKeys)
    implements Serializable {
  /** The port that a target without one means. */
  public static final int DEFAULT_PORT = 6379;

  /** The timeout of a target that names none: long enough for a full batch on a busy server. */
  public static final int DEFAULT_TIMEOUT_MILLIS = 10_000;

  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([\\w.-]+))(?::(\\d{1,5}))?(?:/(\\d{0,4}))?");
  private static final String FORMS =
      "expected HOST, HOST:PORT, redis://[user[:password]@]HOST[:PORT][/DB] or rediss://... for"
          + " TLS; an IPv6 address stands in [brackets], reserved signs in a password are"
          + " %-encoded";

  /** Checks the ranges. */
  public RedisTarget {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the Redis host is empty");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the Redis port is 1 to 65535, not " + port);
    }
    if (db < 0) {
      throw new IllegalArgumentException("the Redis database is 0 or more, not " + db);
    }
    if (timeoutMillis < 1) {
      throw new IllegalArgumentException("the Redis timeout is 1 ms or more, not " + timeoutMillis);
    }
  }

  /** A server without a password, database 0, the default timeout. */
  public static RedisTarget of(String host, int port) {
    return new RedisTarget(host, port, 0, "", "", false, DEFAULT_TIMEOUT_MILLIS, TlsKeys.DEFAULT);
  }

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, {@code redis://[user[:password]@]host[:port][/db]} or
   * the same with {@code rediss://} for TLS. User and password are %-decoded; an IPv6 address
   * stands in brackets.
   *
   * @throws IllegalArgumentException with the accepted forms; a password in the text is not
   *     repeated
   */
  public static RedisTarget parse(String text) {
    Address parts = Address.of(text);
    boolean isUrl = parts.scheme().equals("redis") || parts.scheme().equals("rediss");
    Matcher address = ADDRESS.matcher(parts.rest());
    boolean isPlain = parts.scheme().isEmpty() && parts.login() == null;
    if (!address.matches() || !(isUrl || (isPlain && address.group(4) == null))) {
      throw new IllegalArgumentException(unreadable(parts));
    }
    try {
      String host = address.group(1) == null ? address.group(2) : address.group(1);
      return of(host, number(address.group(3), DEFAULT_PORT))
          .withDb(number(address.group(4), 0))
          .withUser(decoded(parts.user()))
          .withPassword(decoded(parts.password()))
          .withTls(parts.scheme().equals("rediss"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(unreadable(parts) + " (" + e.getMessage() + ")", e);
    }
  }

  /**
   * The server that the text names, as {@link #parse} reads it, with settings; or the master that
   * sentinels name now: {@code redis-sentinel://[user[:password]@]host[:port][,host...][/db]#name}
   * as Lettuce 6 reads it, {@code rediss-sentinel} with TLS. These are asked here, once: when the
   * master gives way during a publish, that publish fails and the next one finds the new master.
   *
   * @param settings puts in login, keys and timeout
   * @throws IllegalArgumentException as {@link #parse}
   * @throws RedisException when no sentinel knows a master of that name
   */
  public static RedisTarget find(String text, UnaryOperator<RedisTarget> settings) {
    Optional<Sentinels> sentinels = Sentinels.parse(text);
    RedisTarget named =
        settings.apply(sentinels.map(Sentinels::master).orElseGet(() -> parse(text)));
    return sentinels.map(watchers -> watchers.like(named).resolve()).orElse(named);
  }

  /**
   * The server that {@code spark.redis.host}, {@code .port}, {@code .db}, {@code .user}, {@code
   * .auth}, {@code .timeout} (milliseconds) and {@code .ssl} name, spelled as spark-redis spells
   * them; the host defaults to localhost. Empty when neither host nor port is set.
   *
   * @throws IllegalArgumentException when a setting is not a number or out of range
   */
  public static Optional<RedisTarget> fromSparkConf(Map<String, String> conf) {
    if (!conf.containsKey("spark.redis.host") && !conf.containsKey("spark.redis.port")) {
      return Optional.empty();
    }
    return Optional.of(
        new RedisTarget(
            conf.getOrDefault("spark.redis.host", "localhost").strip(),
            setting(conf, "spark.redis.port", DEFAULT_PORT),
            setting(conf, "spark.redis.db", 0),
            conf.getOrDefault("spark.redis.user", ""),
            conf.getOrDefault("spark.redis.auth", ""),
            Boolean.parseBoolean(conf.getOrDefault("spark.redis.ssl", "false").strip()),
            setting(conf, "spark.redis.timeout", DEFAULT_TIMEOUT_MILLIS),
            TlsKeys.DEFAULT));
  }

  /** The same server, another ACL user; empty for the default user. */
  public RedisTarget withUser(String value) {
    return new RedisTarget(host, port, db, value, password, tls, timeoutMillis, tlsKeys);
  }

  /** The same server, another password; empty for none. */
  public RedisTarget withPassword(String value) {
    return new RedisTarget(host, port, db, user, value, tls, timeoutMillis, tlsKeys);
  }

  /** The same server; user and password fill in what the address leaves out. */
  public RedisTarget withDefaultLogin(String user, String password) {
    RedisTarget named = this.user.isEmpty() ? withUser(user) : this;
    return named.password.isEmpty() ? named.withPassword(password) : named;
  }

  /** Another server, with the same login and the same timeout. */
  RedisTarget withAddress(String host, int port) {
    return new RedisTarget(host, port, db, user, password, tls, timeoutMillis, tlsKeys);
  }

  /** The same server, another database. */
  public RedisTarget withDb(int value) {
    return new RedisTarget(host, port, value, user, password, tls, timeoutMillis, tlsKeys);
  }

  /** The same server, with or without TLS. */
  public RedisTarget withTls(boolean value) {
    return new RedisTarget(host, port, db, user, password, value, timeoutMillis, tlsKeys);
  }

  /** The same server, another authority or a certificate of the client's own. */
  public RedisTarget withTlsKeys(TlsKeys value) {
    return new RedisTarget(host, port, db, user, password, tls, timeoutMillis, value);
  }

  /** The same server, another limit for connecting and for each wait on a reply. */
  public RedisTarget withTimeout(int millis) {
    return new RedisTarget(host, port, db, user, password, tls, millis, tlsKeys);
  }

  /**
   * The target as a URL, {@code ***} in the password's place. A user without a password is masked
   * too: it may be a password that lacks its colon.
   */
  @Override
  public String toString() {
    String login = password.isEmpty() ? Address.MASK : encoded(user) + ":" + Address.MASK;
    return (tls ? "rediss://" : "redis://")
        + (user.isEmpty() && password.isEmpty() ? "" : login + "@")
        + (host.contains(":") ? "[" + host + "]" : host)
        + (":" + port)
        + (db == 0 ? "" : "/" + db);
  }

  /**
   * As {@link #decoded} reads it, so that a user's signs are neither a login's nor a terminal's.
   */
  private static String encoded(String user) {
    return URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Percent-decoding alone: a plus sign is a plus sign, as in any URL's login part. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // without the cause, whose message repeats a piece of the password
      throw new IllegalArgumentException("user or password holds a % that starts no %XX code");
    }
  }

  private static int number(String digits, int absent) {
    return digits == null || digits.isEmpty() ? absent : Integer.parseInt(digits);
  }

  private static int setting(Map<String, String> conf, String key, int absent) {
    String value = conf.get(key);
    try {
      return value == null ? absent : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is a whole number, not '" + value + "'", e);
    }
  }

  private static String unreadable(Address parts) {
    return "not a Redis server: '" + parts.masked() + "': " + FORMS;
  }
}
