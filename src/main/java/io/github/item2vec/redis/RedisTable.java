package io.github.item2vec.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** The lists under a prefix as a table that can only be replaced as a whole; driver only. */
final class RedisTable implements SupportsWrite {
  private final StructType schema;
  private final Map<String, String> properties;

  RedisTable(StructType schema, Map<String, String> properties) {
    this.schema = schema;
    this.properties = Map.copyOf(properties);
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  @SuppressWarnings("deprecation") // columns() is built from it
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_WRITE, TableCapability.TRUNCATE);
  }

  /** Options of the write win over those that the table was created with. */
  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    Map<String, String> options = new HashMap<>();
    properties.forEach((name, value) -> options.put(lower(name), value));
    info.options().forEach((name, value) -> options.put(lower(name), value));
    return new RedisWriteBuilder(info.schema(), options);
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
