package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.PinnedGeneration;
import io.github.item2vec.redis.generation.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;

/**
 * Takes what a query needs of the lists, and pins the generation that it reads when Spark plans it;
 * driver only.
 */
final class RedisScanBuilder implements SupportsPushDownFilters, SupportsPushDownRequiredColumns {
  private final Map<String, String> options;
  private final List<Filter> pushed = new ArrayList<>();
  private StructType schema;
  private UserFilter users = UserFilter.ALL;

  RedisScanBuilder(StructType schema, Map<String, String> options) {
    ReadColumn.of(schema);
    this.schema = schema;
    this.options = options;
  }

  /** Keeps those that name users; Spark applies the rest. */
  @Override
  public Filter[] pushFilters(Filter[] filters) {
    List<Filter> left = new ArrayList<>();
    for (Filter filter : filters) {
      Optional<UserFilter> named = UserFilter.of(filter);
      named.ifPresent(some -> users = users.and(some));
      (named.isPresent() ? pushed : left).add(filter);
    }
    return left.toArray(Filter[]::new);
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.toArray(Filter[]::new);
  }

  @Override
  public void pruneColumns(StructType required) {
    schema = required;
  }

  @Override
  public Scan build() {
    SparkSession spark = SparkSession.active();
    ReadOptions checked = ReadOptions.of(spark, options);
    return new RedisScan(spark, checked, PinnedGeneration.of(checked), schema, users);
  }
}
