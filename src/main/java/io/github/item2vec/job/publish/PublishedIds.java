package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.redis.layout.IdMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which UUID stands for which id in Redis: version 5 UUIDs of the ids, or the user's own tables.
 * Written to {@code OUTPUT/ids/users} and {@code OUTPUT/ids/items} (Parquet: id, uuid). The driver
 * holds the items' mapping; the users' stays on the executors.
 */
final class PublishedIds {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("uuid", DataTypes.StringType, false);
  private static final String UUID_PATTERN = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
  private static final int EXAMPLES = 5;

  private final Dataset<Row> users;

  private PublishedIds(Dataset<Row> users) {
    this.users = users;
  }

  /**
   * Resolves and writes both mappings.
   *
   * @throws BadInputException when a table of the user's lacks an id or holds a value that is no
   *     UUID
   */
  static PublishedIds write(
      SparkSession spark,
      Publish config,
      Dataset<Row> lists,
      List<String> catalogue,
      String output) {
    Map<String, UUID> items = itemUuids(spark, config.itemIds(), catalogue);
    List<Row> itemRows = new ArrayList<>();
    items.forEach((id, uuid) -> itemRows.add(RowFactory.create(id, uuid.toString())));
    save(spark.createDataFrame(itemRows, SCHEMA).coalesce(1), output, "items");
    Dataset<Row> ids = lists.select(col(Recommendations.USER).as("id"));
    save(
        config
            .userIds()
            .map(path -> fromTable(spark, path, ids, "publish.user-ids"))
            .orElseGet(
                () -> ids.map((MapFunction<Row, Row>) PublishedIds::v5, Encoders.row(SCHEMA))),
        output,
        "users");
    return new PublishedIds(spark.read().parquet(directory(output, "users")));
  }

  /**
   * The same columns with the UUID's text as the user; one join by user. Users without a list are
   * left out.
   */
  Dataset<Row> withUserUuids(Dataset<Row> lists) {
    return withUuids(lists, users);
  }

  /** As {@link #withUserUuids}, by that mapping. */
  static Dataset<Row> withUuids(Dataset<Row> lists, Dataset<Row> users) {
    return lists
        .where(col(Recommendations.ITEMS).isNotNull())
        .join(users.withColumnRenamed("id", Recommendations.USER), Recommendations.USER)
        .withColumn(Recommendations.USER, col("uuid"))
        .drop("uuid");
  }

  /** The items of an earlier publish of that output, in the order of their indices; or none. */
  static List<String> items(SparkSession spark, String output) {
    try {
      return spark
          .read()
          .schema(SCHEMA)
          .parquet(directory(output, "items"))
          .select("id")
          .as(Encoders.STRING())
          .collectAsList();
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        return List.of();
      }
      throw e;
    }
  }

  /** A mapping as the name of a table. */
  static String table(String output, String name) {
    return "parquet.`" + directory(output, name).replace("`", "``") + "`";
  }

  /** Where a mapping lies: {@code users} or {@code items}. */
  static String directory(String output, String name) {
    return new Path(new Path(output, "ids"), name).toString();
  }

  private static void save(Dataset<Row> mapping, String output, String name) {
    mapping.write().mode(SaveMode.Overwrite).parquet(directory(output, name));
  }

  private static Row v5(Row row) {
    return RowFactory.create(row.getString(0), IdMapping.users().uuid(row.getString(0)).toString());
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
    fromTable(spark, table.get(), spark.createDataFrame(ids, schema), "publish.item-ids")
        .collectAsList()
        .forEach(row -> items.put(row.getString(0), UUID.fromString(row.getString(1))));
    return items;
  }

  /** The rows of a user's table (csv with header, or parquet) for these ids, each checked. */
  private static Dataset<Row> fromTable(
      SparkSession spark, String path, Dataset<Row> ids, String key) {
    boolean csv = path.endsWith(".csv") || path.endsWith(".csv.gz");
    Dataset<Row> table =
        (csv ? spark.read().option("header", true).csv(path) : spark.read().parquet(path))
            .select(col("id").cast("string"), lower(col("uuid").cast("string")).as("uuid"))
            .dropDuplicates("id");
    Dataset<Row> mapped = ids.join(table, new String[] {"id"}, "left");
    requireNone(
        mapped.where(col("uuid").isNull().or(not(col("uuid").rlike(UUID_PATTERN)))),
        "%s = %s: no valid uuid for these ids".formatted(key, path));
    requireNone(
        mapped.groupBy("uuid").agg(count(col("id")).as("n")).where("n > 1").select("uuid"),
        "%s = %s: a uuid stands for more than one id".formatted(key, path));
    return mapped;
  }

  private static void requireNone(Dataset<Row> bad, String message) {
    List<Row> examples = bad.limit(EXAMPLES).collectAsList();
    if (!examples.isEmpty()) {
      throw new BadInputException(message + ", such as " + examples);
    }
  }
}
