package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.BucketCount;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.QuantizedScores;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.TlsKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The options of {@code df.write().format("item2vec-redis")}, checked; driver only. Their names and
 * defaults are the constants' documentation. What reading takes besides: {@link ReadOptions}.
 */
public record RedisOptions(
    RedisTarget target,
    ValueLayout layout,
    GenerationKeys keys,
    Duration ttl,
    String run,
    Duration lease,
    int keep,
    double minUsersShare,
    long expectedUsers,
    Optional<String> catalogue,
    int compactBytes,
    long usersPerSecond,
    long maxConnections,
    boolean scores,
    long similarItems,
    Optional<String> quality) {
  /** {@value}: as {@link RedisTarget#find} reads it; else the {@code spark.redis.*} settings. */
  public static final String TARGET = "target";

  /** {@value}: ACL user; else {@code REDIS_USER} in the driver's environment. */
  public static final String USER = "user";

  /**
   * {@value}: else {@code REDIS_PASSWORD} in the driver's environment, or the file that {@code
   * REDIS_PASSWORD_FILE} names.
   */
  public static final String PASSWORD = "password";

  /** {@value}: file with the authorities to trust, PEM, on the driver; else the JVM's. */
  public static final String TLS_CA = "tls-ca";

  /** {@value}: file with the client's certificate, PEM, on the driver. */
  public static final String TLS_CERTIFICATE = "tls-certificate";

  /** {@value}: file with the key of that, PEM (PKCS #8), on the driver. */
  public static final String TLS_KEY = "tls-key";

  /** {@value}: lists a second of all tasks together; 0, no limit, when not given. */
  public static final String RATE = "max-users-per-second";

  /**
   * {@value}: tasks, hence connections to each server; the rows are dealt out to them by user, one
   * shuffle. 0, as many as the data has partitions, which are taken as they lie, when not given.
   */
  public static final String CONNECTIONS = "max-connections";

  /** {@value}: limit of connecting and of each wait, in milliseconds. */
  public static final String TIMEOUT = "timeout";

  /** {@value}: a {@link ValueLayout}; list-text when not given. */
  public static final String LAYOUT = "layout";

  /** {@value}: put before every key; {@code recs:} when not given. */
  public static final String PREFIX = "prefix";

  /** {@value}: seconds that the lists live; 0, for ever, when not given. */
  public static final String TTL = "ttl";

  /** {@value}: names the run; the same again repeats nothing that it has finished. */
  public static final String RUN = "run-id";

  /**
   * {@value}: milliseconds without a sign of life after which the run counts as dead and another
   * may publish under the prefix; 15,000 when not given.
   */
  public static final String LEASE = "lease";

  /** {@value}: complete generations of a layout that stay, the new one among them; 2. */
  public static final String KEEP = "keep";

  /**
   * {@value}: the users of the generation that readers follow, of whom the new one has at least
   * this share, 0 to 1, or nothing is published; 0 switches that off. {@value
   * #MIN_USERS_SHARE_DEFAULT} when not given, as in the job: who tries the data source with a few
   * rows under the prefix of a service is whom it is for.
   */
  public static final String MIN_USERS_SHARE = "min-users-share";

  /** What {@link #MIN_USERS_SHARE} is when not given. */
  public static final double MIN_USERS_SHARE_DEFAULT = 0.5;

  /** {@value}: lists that have to arrive; unchecked when not given; {@code bucketed} needs it. */
  public static final String USERS = "expected-users";

  /** {@value}: table or view with the columns id, uuid; layouts with indices need it. */
  public static final String CATALOGUE = "catalogue";

  /** {@value}: {@code bucketed} only: the server is told to keep values of that size compact. */
  public static final String COMPACT_BYTES = "hash-max-listpack-value";

  /**
   * {@value}: true, the column {@code scores} is written behind the items, see {@link
   * QuantizedScores}; lists of members have no place for them. False when not given.
   */
  public static final String SCORES = "scores";

  /**
   * {@value}: lists of similar items that have to arrive: the rows whose column {@code similar} is
   * true, whose {@code user} is an item's id. 0, none, when not given.
   */
  public static final String SIMILAR = "similar-items";

  /** {@value}: a number that the generation's description keeps: how good its lists are. */
  public static final String QUALITY = "quality";

  /** All of them. */
  private static final Set<String> NAMES =
      Set.of(
          TARGET,
          USER,
          PASSWORD,
          TLS_CA,
          TLS_CERTIFICATE,
          TLS_KEY,
          RATE,
          CONNECTIONS,
          TIMEOUT,
          LAYOUT,
          PREFIX,
          TTL,
          RUN,
          LEASE,
          KEEP,
          MIN_USERS_SHARE,
          USERS,
          CATALOGUE,
          COMPACT_BYTES,
          SCORES,
          SIMILAR,
          QUALITY);

  /** Names of options for writing, all of them. */
  static Set<String> names() {
    return NAMES;
  }

  /** Checks the values. */
  public static RedisOptions of(SparkSession spark, Map<String, String> given) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(given);
    ValueLayout layout = ValueLayout.of(options.getOrDefault(LAYOUT, "list-text"));
    Optional<String> catalogue = Optional.ofNullable(options.get(CATALOGUE));
    if (layout.indices() && catalogue.isEmpty()) {
      throw new IllegalArgumentException(
          "redis: layout %s needs option 'catalogue': a table or view with the columns id, uuid"
              .formatted(layout));
    }
    if (layout.buckets() && !options.containsKey(USERS)) {
      throw new IllegalArgumentException(
          "redis: layout %s needs option 'expected-users', the number of lists".formatted(layout));
    }
    boolean scores = options.getBoolean(SCORES, false);
    if (scores && !layout.holdsScores()) {
      throw new IllegalArgumentException(
          "redis: layout %s has no place for scores: packed, indexed and bucketed have"
              .formatted(layout));
    }
    return new RedisOptions(
        target(spark, options),
        layout,
        keys(options),
        Duration.ofSeconds(atLeast(0, options, TTL, 0)),
        run(options),
        Duration.ofMillis(atLeast(300, options, LEASE, Lease.LIFE.toMillis())),
        (int) atLeast(1, options, KEEP, 2),
        minUsersShare(options),
        atLeast(-1, options, USERS, -1),
        catalogue,
        (int) atLeast(0, options, COMPACT_BYTES, 0),
        atLeast(0, options, RATE, 0),
        atLeast(0, options, CONNECTIONS, 0),
        scores,
        atLeast(0, options, SIMILAR, 0),
        quality(options));
  }

  /** Any text, blanks among it, but no control characters: it stands in lines that are printed. */
  private static String run(CaseInsensitiveStringMap options) {
    String run = options.getOrDefault(RUN, UUID.randomUUID().toString());
    if (run.isBlank() || run.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "redis: option '%s' is a text of at least one letter, without line breaks and the like, not '%s'"
              .formatted(RUN, run.replaceAll("\\p{Cntrl}", "?")));
    }
    return run;
  }

  private static double minUsersShare(CaseInsensitiveStringMap options) {
    String given = options.getOrDefault(MIN_USERS_SHARE, Double.toString(MIN_USERS_SHARE_DEFAULT));
    try {
      double share = Double.parseDouble(given);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "redis: option '%s' is a share between 0 and 1, not '%s'"
            .formatted(MIN_USERS_SHARE, given));
  }

  UsersShare share() {
    return new UsersShare(target, keys, minUsersShare);
  }

  /** None when the layout has none. */
  int buckets() {
    return layout.buckets() ? BucketCount.count(expectedUsers, maxConnections) : 0;
  }

  /** The same of the lists of similar items. */
  int similarBuckets() {
    return layout.buckets() && similarItems > 0 ? BucketCount.count(similarItems, 0) : 0;
  }

  private static Optional<String> quality(CaseInsensitiveStringMap options) {
    return options.containsKey(QUALITY)
        ? Optional.of(Double.toString(options.getDouble(QUALITY, 0)))
        : Optional.empty();
  }

  static GenerationKeys keys(CaseInsensitiveStringMap options) {
    return new GenerationKeys(options.getOrDefault(PREFIX, "recs:"));
  }

  static RedisTarget target(SparkSession spark, CaseInsensitiveStringMap options) {
    return options.containsKey(TARGET)
        ? RedisTarget.find(options.get(TARGET), target -> withSettings(target, options))
        : RedisTarget.fromSparkConf(CollectionConverters.asJava(spark.conf().getAll()))
            .map(target -> withSettings(target, options))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "redis: no server: give option 'target' or spark.redis.host"));
  }

  private static RedisTarget withSettings(RedisTarget target, CaseInsensitiveStringMap options) {
    return target
        .withTimeout(options.getInt(TIMEOUT, target.timeoutMillis()))
        .withTlsKeys(
            TlsKeys.read(
                Optional.ofNullable(options.get(TLS_CA)),
                Optional.ofNullable(options.get(TLS_CERTIFICATE)),
                Optional.ofNullable(options.get(TLS_KEY))))
        .withDefaultLogin(login(options, USER), login(options, PASSWORD));
  }

  private static String login(CaseInsensitiveStringMap options, String name) {
    String variable = name.equals(USER) ? "REDIS_USER" : "REDIS_PASSWORD";
    return Optional.ofNullable(options.get(name))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .or(() -> Optional.ofNullable(System.getenv(variable + "_FILE")).map(RedisOptions::secret))
        .orElse("");
  }

  private static String secret(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("redis: cannot read the secret in " + file, e);
    }
  }

  static long atLeast(long lowest, CaseInsensitiveStringMap options, String name, long absent) {
    long value = options.getLong(name, absent);
    if (value < lowest) {
      throw new IllegalArgumentException(
          "redis: option '%s' is %d or more, not %d".formatted(name, lowest, value));
    }
    return value;
  }
}
