package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.RedisOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** The lists under a prefix as a table that can only be replaced as a whole; driver only. */
final class RedisTable implements SupportsWrite {
  /** What Spark's catalogue adds to the options of a table. */
  private static final Set<String> SPARKS = Set.of("path", "serialization.format");

  private final StructType schema;
  private final Map<String, String> properties;

  RedisTable(StructType schema, Map<String, String> properties) {
    this.schema = schema;
    this.properties = Map.copyOf(properties);
  }

  @Override
  public String name() {
    return RedisDataSource.NAME;
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
    requireKnownOptions(info);
    Map<String, String> options = new HashMap<>();
    properties.forEach((name, value) -> options.put(lower(name), value));
    info.options().forEach((name, value) -> options.put(lower(name), value));
    return new RedisWriteBuilder(info.schema(), options);
  }

  /** A table of the catalogue has properties of Spark's and the user's next to its options. */
  private void requireKnownOptions(LogicalWriteInfo info) {
    RedisOptions.requireKnown(info.options().keySet());
    RedisOptions.requireKnown(
        properties.keySet().stream()
            .filter(name -> name.startsWith(TableCatalog.OPTION_PREFIX))
            .map(name -> name.substring(TableCatalog.OPTION_PREFIX.length()))
            .filter(name -> !SPARKS.contains(name))
            .toList());
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
