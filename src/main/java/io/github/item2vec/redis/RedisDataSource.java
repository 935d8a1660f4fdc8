package io.github.item2vec.redis;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The batch sink {@code df.write().format("redis").mode("overwrite").option(...).save()}: the
 * columns {@code user} (string) and {@code items} (array of strings, best first) become one list a
 * user, under a new generation that readers see as a whole when all of it is stored and checked.
 * Options: see {@code src/site/markdown/redis.md}. Driver only; found by name through {@code
 * META-INF/services}.
 */
public final class RedisDataSource implements TableProvider, DataSourceRegister {
  @Override
  public String shortName() {
    return "redis";
  }

  /** What is written when nobody says otherwise. */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return new StructType()
        .add(RowColumns.USER, DataTypes.StringType)
        .add(RowColumns.ITEMS, DataTypes.createArrayType(DataTypes.StringType));
  }

  /** The schema is the data's own. */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new RedisTable(schema, properties);
  }
}
