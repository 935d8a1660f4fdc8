package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The options of {@code spark.read().format("item2vec-redis")}, checked; driver only. Those of the
 * server, {@code layout}, {@code prefix} and the two limits are {@link RedisOptions}'.
 *
 * @param layout whose pointer is followed; with a generation, what that has to be of
 * @param generation id; empty for the one that readers follow
 * @param ids directory of the tables users and items; empty: ids are UUIDs
 * @param maxConnections tasks, at most; 0 for no limit
 * @param usersPerSecond of all tasks together; 0 for no limit
 */
public record ReadOptions(
    RedisTarget target,
    GenerationKeys keys,
    Optional<ValueLayout> layout,
    Optional<String> generation,
    Optional<String> ids,
    long maxConnections,
    long usersPerSecond) {
  /** {@value}: id of a generation that is still kept; the one that readers follow, else. */
  public static final String GENERATION = "generation";

  /**
   * {@value}: the directory {@code ids} of the run's output: users and items come by their own ids
   * then, as UUIDs else.
   */
  public static final String IDS = "ids";

  private static final Set<String> NAMES =
      Set.of(
          RedisOptions.TARGET,
          RedisOptions.USER,
          RedisOptions.PASSWORD,
          RedisOptions.TLS_CA,
          RedisOptions.TLS_CERTIFICATE,
          RedisOptions.TLS_KEY,
          RedisOptions.TIMEOUT,
          RedisOptions.LAYOUT,
          RedisOptions.PREFIX,
          RedisOptions.RATE,
          RedisOptions.CONNECTIONS,
          GENERATION,
          IDS);

  /** Names of options for reading, all of them. */
  static Set<String> names() {
    return NAMES;
  }

  /** Checks the values. */
  public static ReadOptions of(SparkSession spark, Map<String, String> given) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(given);
    return new ReadOptions(
        RedisOptions.target(spark, options),
        RedisOptions.keys(options),
        Optional.ofNullable(options.get(RedisOptions.LAYOUT)).map(ValueLayout::of),
        Optional.ofNullable(options.get(GENERATION)),
        Optional.ofNullable(options.get(IDS)),
        RedisOptions.atLeast(0, options, RedisOptions.CONNECTIONS, 0),
        RedisOptions.atLeast(0, options, RedisOptions.RATE, 0));
  }
}
