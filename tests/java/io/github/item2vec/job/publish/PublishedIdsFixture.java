package io.github.item2vec.job.publish;

import io.github.item2vec.redis.layout.IdMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The id mappings of an output, as a publish writes them: users and items by number. */
public final class PublishedIdsFixture {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("uuid", DataTypes.StringType, false);

  private PublishedIdsFixture() {}

  public static void write(SparkSession spark, Path output, int users, int items) {
    save(spark, output, "users", users, IdMapping.users());
    save(spark, output, "items", items, IdMapping.items());
  }

  private static void save(
      SparkSession spark, Path output, String name, int count, IdMapping mapping) {
    List<Row> rows =
        IntStream.range(0, count)
            .mapToObj(String::valueOf)
            .map(id -> RowFactory.create(id, mapping.uuid(id).toString()))
            .toList();
    spark
        .createDataFrame(rows, SCHEMA)
        .repartition(2)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(SavedIds.directory(output.toString(), name));
  }
}
