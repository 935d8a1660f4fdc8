package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.OptionNames;
import io.github.item2vec.redis.generation.RedisOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The lists under a prefix as a table that is read, and can only be replaced as a whole; driver
 * only.
 */
final class RedisTable implements SupportsRead, SupportsWrite {
  /** What Spark's catalogue adds to the options of a table. */
  private static final Set<String> SPARKS = Set.of("path", "serialization.format");

  /** Where lists are. */
  private static final List<String> PLACE =
      List.of(RedisOptions.TARGET, RedisOptions.PREFIX, RedisOptions.LAYOUT);

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
    return Set.of(
        TableCapability.BATCH_READ, TableCapability.BATCH_WRITE, TableCapability.TRUNCATE);
  }

  /** Options of the read win over those that the table was created with. */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    OptionNames.requireReading(options.keySet());
    requireKnownOptions();
    return new RedisScanBuilder(schema, with(options));
  }

  /** Options of the write win over those that the table was created with. */
  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    OptionNames.requireWriting(info.options().keySet());
    requireKnownOptions();
    requireOwnPlace(info.options());
    return new RedisWriteBuilder(info.schema(), with(info.options()));
  }

  /**
   * A table of the catalogue keeps the options that it was created with. {@code saveAsTable} and
   * {@code createOrReplace} drop a table and create it without any, and give theirs to the write
   * alone: what is read from such a table would be other lists than were written, or none.
   */
  private void requireOwnPlace(CaseInsensitiveStringMap given) {
    CaseInsensitiveStringMap own = new CaseInsensitiveStringMap(properties);
    for (String name : PLACE) {
      if (given.containsKey(name) && !own.containsKey(name)) {
        throw new IllegalArgumentException(
            ("redis: the table does not keep option '%s' of this write, so that reading it would look"
                    + " elsewhere; nothing is written: write with save(), or CREATE TABLE ... OPTIONS"
                    + " and then INSERT OVERWRITE (saveAsTable and createOrReplace drop a table and"
                    + " create it without options)")
                .formatted(name));
      }
    }
  }

  /**
   * A table of the catalogue has properties of Spark's and the user's next to its options, which
   * are for reading or for writing.
   */
  private void requireKnownOptions() {
    OptionNames.requireEither(
        properties.keySet().stream()
            .filter(name -> name.startsWith(TableCatalog.OPTION_PREFIX))
            .map(name -> name.substring(TableCatalog.OPTION_PREFIX.length()))
            .filter(name -> !SPARKS.contains(name))
            .toList());
  }

  private Map<String, String> with(CaseInsensitiveStringMap given) {
    Map<String, String> options = new HashMap<>();
    properties.forEach((name, value) -> options.put(lower(name), value));
    given.forEach((name, value) -> options.put(lower(name), value));
    return options;
  }

  /** Spark puts it into messages. */
  @Override
  public String toString() {
    return name();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
