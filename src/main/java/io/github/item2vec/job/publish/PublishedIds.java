package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.layout.IdMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Which UUID stands for which id in Redis: version 5 UUIDs of the ids, or the user's own tables.
 * Written to {@code OUTPUT/ids/users} and {@code OUTPUT/ids/items} (Parquet: id, uuid). The driver
 * holds the items' mapping; the users' stays on the executors. Version 5 UUIDs are derived where a
 * list lies; with the user's table the lists are joined, once for all layouts, and are kept so
 * until {@link #close}.
 */
final class PublishedIds implements AutoCloseable {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("uuid", DataTypes.StringType, false);
  private static final String UUID_PATTERN = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
  private static final int EXAMPLES = 5;

  private final Dataset<Row> identified;
  private final Runnable release;

  /**
   * @param identified the lists, with the UUID's text in another column
   */
  private PublishedIds(Dataset<Row> identified, Runnable release) {
    this.identified = identified;
    this.release = release;
  }

  /**
   * Resolves and writes both mappings.
   *
   * @param lists user, items and whatever else is published
   * @throws BadInputException when a table of the user's lacks an id or holds a value that is no
   *     UUID
   */
  static PublishedIds write(
      SparkSession spark,
      Publish config,
      Dataset<Row> lists,
      List<String> catalogue,
      RunOutput output) {
    Map<String, UUID> items = itemUuids(spark, config.itemIds(), catalogue);
    List<Row> itemRows = new ArrayList<>();
    items.forEach((id, uuid) -> itemRows.add(RowFactory.create(id, uuid.toString())));
    save(spark.createDataFrame(itemRows, SCHEMA).coalesce(1), output, "items");
    return config
        .userIds()
        .map(path -> joined(spark, path, lists, output))
        .orElseGet(() -> derived(lists, output));
  }

  private static PublishedIds derived(Dataset<Row> lists, RunOutput output) {
    Dataset<Row> ids = lists.select(Recommendations.USER);
    save(ids.map((MapFunction<Row, Row>) PublishedIds::v5, Encoders.row(SCHEMA)), output, "users");
    UserDefinedFunction uuid = udf((UDF1<String, String>) PublishedIds::uuid, DataTypes.StringType);
    return new PublishedIds(
        lists.withColumn("uuid", uuid.apply(col(Recommendations.USER))), () -> {});
  }

  private static PublishedIds joined(
      SparkSession spark, String path, Dataset<Row> lists, RunOutput output) {
    Dataset<Row> joined =
        lists
            .withColumnRenamed(Recommendations.USER, "id")
            .join(table(spark, path), new String[] {"id"}, "left")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> mapping = joined.select("id", "uuid");
      require(mapping, path, "publish.user-ids");
      save(mapping, output, "users");
      return new PublishedIds(
          joined.withColumnRenamed("id", Recommendations.USER), joined::unpersist);
    } catch (RuntimeException | Error e) {
      joined.unpersist();
      throw e;
    }
  }

  /**
   * The lists with the UUID's text as the user, and without users that have none. Not shuffled for
   * it.
   */
  Dataset<Row> lists() {
    return keyed(identified);
  }

  /** Lists with the UUID's text of a mapping as the user; one join. */
  static Dataset<Row> withUuids(Dataset<Row> lists, Dataset<Row> users) {
    return keyed(
        lists.join(users.withColumnRenamed("id", Recommendations.USER), Recommendations.USER));
  }

  private static Dataset<Row> keyed(Dataset<Row> identified) {
    return identified
        .where(col(Recommendations.ITEMS).isNotNull())
        .withColumn(Recommendations.USER, col("uuid"))
        .drop("uuid");
  }

  /** Lets go of the joined lists. */
  @Override
  public void close() {
    release.run();
  }

  /** The items of an earlier publish of that output, in the order of their indices; or none. */
  static List<String> items(SparkSession spark, String output) {
    String directory = SavedIds.directory(output, "items");
    if (!SavedIds.exists(spark.sessionState().newHadoopConf(), directory)) {
      return List.of();
    }
    return SavedTable.reading(
        directory,
        () ->
            SavedTable.reader(spark)
                .schema(SCHEMA)
                .parquet(directory)
                .select("id")
                .as(Encoders.STRING())
                .collectAsList());
  }

  /** A mapping as the name of a table. */
  static String table(String output, String name) {
    return "parquet.`"
        + SavedTable.pattern(SavedIds.directory(output, name)).replace("`", "``")
        + "`";
  }

  private static void save(Dataset<Row> mapping, RunOutput output, String name) {
    mapping.write().mode(SaveMode.Overwrite).parquet(output.own(SavedIds.IDS + name));
    output.appear(SavedIds.IDS + name);
  }

  private static Row v5(Row row) {
    return RowFactory.create(row.getString(0), uuid(row.getString(0)));
  }

  private static String uuid(String user) {
    return IdMapping.users().uuid(user).toString();
  }

  private static Map<String, UUID> itemUuids(
      SparkSession spark, Optional<String> table, List<String> catalogue) {
    Map<String, UUID> items = new LinkedHashMap<>();
    if (table.isEmpty()) {
      catalogue.forEach(item -> items.put(item, IdMapping.items().uuid(item)));
      return items;
    }
    List<Row> ids = catalogue.stream().map(item -> RowFactory.create(item)).toList();
    StructType schema = new StructType().add("id", DataTypes.StringType, false);
    Dataset<Row> mapping =
        spark
            .createDataFrame(ids, schema)
            .join(table(spark, table.get()), new String[] {"id"}, "left");
    require(mapping, table.get(), "publish.item-ids");
    mapping
        .collectAsList()
        .forEach(row -> items.put(row.getString(0), UUID.fromString(row.getString(1))));
    return items;
  }

  /** A table of the user's: csv with header, or parquet. */
  private static Dataset<Row> table(SparkSession spark, String path) {
    boolean csv = path.endsWith(".csv") || path.endsWith(".csv.gz");
    return (csv ? spark.read().option("header", true).csv(path) : spark.read().parquet(path))
        .select(col("id").cast("string"), lower(col("uuid").cast("string")).as("uuid"))
        .dropDuplicates("id");
  }

  /** Checks each row of (id, uuid). */
  private static void require(Dataset<Row> mapping, String path, String key) {
    requireNone(
        mapping.where(col("uuid").isNull().or(not(col("uuid").rlike(UUID_PATTERN)))),
        "%s = %s: no valid uuid for these ids".formatted(key, path));
    requireNone(
        mapping.groupBy("uuid").agg(count(col("id")).as("n")).where("n > 1").select("uuid"),
        "%s = %s: a uuid stands for more than one id".formatted(key, path));
  }

  private static void requireNone(Dataset<Row> bad, String message) {
    List<Row> examples = bad.limit(EXAMPLES).collectAsList();
    if (!examples.isEmpty()) {
      throw new BadInputException(message + ", such as " + examples);
    }
  }
}
