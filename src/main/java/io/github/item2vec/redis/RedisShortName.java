package io.github.item2vec.redis;

/**
 * The same source by its former name, {@code redis}. spark-redis has a source of that name too:
 * where both are on the class path, only {@link RedisDataSource#NAME} is ours.
 */
public final class RedisShortName extends RedisDataSource {
  @Override
  public String shortName() {
    return "redis";
  }
}
