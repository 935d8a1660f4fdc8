package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.RedisOptions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** Checks options and columns before any work; driver only. */
final class RedisWriteBuilder implements SupportsTruncate {
  private final StructType schema;
  private final Map<String, String> options;
  private boolean replacing;

  RedisWriteBuilder(StructType schema, Map<String, String> options) {
    this.schema = schema;
    this.options = options;
  }

  @Override
  public WriteBuilder truncate() {
    replacing = true;
    return this;
  }

  @Override
  public Write build() {
    if (!replacing) {
      throw new IllegalArgumentException(
          "redis: a write replaces what is published and never appends: mode(\"overwrite\") and save(), in"
              + " SQL CREATE TABLE with the columns and then INSERT OVERWRITE (CREATE TABLE AS SELECT"
              + " and INSERT INTO append)");
    }
    SparkSession spark = SparkSession.active();
    RedisOptions checked = RedisOptions.of(spark, options);
    return new RedisWrite(spark, checked, RowColumns.of(schema, checked));
  }
}
