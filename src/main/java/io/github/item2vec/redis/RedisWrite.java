package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.RedisOptions;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;

/**
 * What is asked of Spark for a checked write. With a limit of connections: rows dealt out by user
 * to as many tasks, which makes each bucket one task's. Without one: nothing, rows are taken as
 * they lie, in buckets too. There a task writes its own users into a bucket, which is as safe,
 * since fields of different users do not meet, and cheaper: the shuffle moves every list as
 * strings, up to ten times the bytes that are stored (figures in BENCHMARKS.md). Driver only.
 */
final class RedisWrite implements RequiresDistributionAndOrdering {
  private final SparkSession spark;
  private final RedisOptions options;
  private final RowColumns columns;

  RedisWrite(SparkSession spark, RedisOptions options, RowColumns columns) {
    this.spark = spark;
    this.options = options;
    this.columns = columns;
  }

  @Override
  public String description() {
    return "redis " + options.layout() + " to " + options.target();
  }

  @Override
  public Distribution requiredDistribution() {
    return options.maxConnections() > 0
        ? Distributions.clustered(new Expression[] {Expressions.column(RowColumns.USER)})
        : Distributions.unspecified();
  }

  @Override
  public int requiredNumPartitions() {
    return Math.toIntExact(options.maxConnections());
  }

  @Override
  public SortOrder[] requiredOrdering() {
    return new SortOrder[0];
  }

  @Override
  public BatchWrite toBatch() {
    return new GenerationWrite(spark, options, columns);
  }
}
