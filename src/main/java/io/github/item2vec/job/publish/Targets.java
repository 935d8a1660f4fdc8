package io.github.item2vec.job.publish;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.config.JobConfig.Target.Kind;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.TlsKeys;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Redis that a command works with; an embedded one is started here and stopped by {@link
 * #close}. Driver only.
 */
public final class Targets implements AutoCloseable {
  private final Optional<EmbeddedRedis> embedded;
  private final Optional<RedisTarget> target;

  private Targets(Optional<EmbeddedRedis> embedded, Optional<RedisTarget> target) {
    this.embedded = embedded;
    this.target = target;
  }

  /**
   * Finds the target: {@code publish.target} if it says anything but {@code none}, else the {@code
   * spark.redis.*} settings of spark-redis, else nothing. User and password of the configuration
   * (from the environment) fill in what the address leaves out.
   *
   * @throws ConfigException when the address cannot be read
   * @throws io.github.item2vec.redis.server.RedisException when no sentinel names a master
   */
  public static Targets open(SparkSession spark, Publish config) {
    return open(CollectionConverters.asJava(spark.conf().getAll()), config);
  }

  /** The same without a session, from Spark's settings. */
  public static Targets open(Map<String, String> sparkSettings, Publish config) {
    if (config.target().kind() == Kind.EMBEDDED) {
      EmbeddedRedis server = EmbeddedRedis.startLocked();
      return new Targets(Optional.of(server), Optional.of(server.target()));
    }
    try {
      Optional<RedisTarget> target =
          config.target().kind() == Kind.NONE
              ? RedisTarget.fromSparkConf(sparkSettings).map(t -> withSettings(t, config))
              : Optional.of(RedisTarget.find(config.target().text(), t -> withSettings(t, config)));
      return new Targets(Optional.empty(), target);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("publish.target: " + e.getMessage(), e);
    }
  }

  /** Empty when nothing is to be published. */
  public Optional<RedisTarget> target() {
    return target;
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedRedis::close);
  }

  private static RedisTarget withSettings(RedisTarget target, Publish config) {
    return target
        .withDefaultLogin(config.user().orElse(""), config.password().orElse(""))
        .withTlsKeys(
            TlsKeys.read(config.tls().ca(), config.tls().certificate(), config.tls().key()));
  }
}
