package io.github.item2vec.redis;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;

/**
 * What is asked of Spark for a checked write: rows dealt out by user for buckets, so that each
 * bucket is one task's; nothing for the other layouts, which take rows as they lie. Driver only.
 */
final class RedisWrite implements RequiresDistributionAndOrdering {
  private final SparkSession spark;
  private final WriteOptions options;
  private final RowColumns columns;

  RedisWrite(SparkSession spark, WriteOptions options, RowColumns columns) {
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
    return options.layout().buckets()
        ? Distributions.clustered(new Expression[] {Expressions.column(RowColumns.USER)})
        : Distributions.unspecified();
  }

  @Override
  public int requiredNumPartitions() {
    return options.buckets().tasks();
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
