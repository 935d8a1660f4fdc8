package io.github.item2vec.recommend;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Item vectors as rows on the executors. Driver only.
 *
 * @param rows with columns named item (string) and vector (array&lt;float&gt;)
 * @param ineligible items that may not be recommended
 * @param size count of the rows
 * @param columns length of each vector
 */
record ItemFrame(Dataset<Row> rows, Set<String> ineligible, long size, int columns) {
  static final String ITEM = "item";
  static final String VECTOR = "vector";
  static final String ELIGIBLE = "eligible";

  /** Checks vectors in one job. */
  static ItemFrame of(Dataset<Row> items) {
    Dataset<Row> rows =
        items.select(col(ITEM).cast(DataTypes.StringType), floats(items, VECTOR).as(VECTOR));
    Column length = array_size(col(VECTOR));
    Row facts =
        rows.agg(
                count(lit(1)),
                count_if(col(ITEM).isNull().or(col(VECTOR).isNull())),
                min(length),
                max(length))
            .first();
    if (facts.getLong(1) > 0) {
      throw new IllegalArgumentException(
          "%d of %d items have no id or no vector".formatted(facts.getLong(1), facts.getLong(0)));
    }
    if (facts.getLong(0) == 0) {
      throw new IllegalArgumentException("no item vectors");
    }
    if (facts.getInt(2) < 1 || facts.getInt(2) != facts.getInt(3)) {
      throw new IllegalArgumentException(
          "item vectors of %d to %d values: must be of one length, >= 1"
              .formatted(facts.getInt(2), facts.getInt(3)));
    }
    return new ItemFrame(rows, ineligible(items), facts.getLong(0), facts.getInt(2));
  }

  private static Set<String> ineligible(Dataset<Row> items) {
    if (!Arrays.asList(items.columns()).contains(ELIGIBLE)) {
      return Set.of();
    }
    return items
        .where(coalesce(col(ELIGIBLE), lit(false)).equalTo(false))
        .select(col(ITEM).cast(DataTypes.StringType))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** A column of vectors, arrays or Spark ML's, as array&lt;float&gt;. */
  static Column floats(Dataset<Row> rows, String name) {
    Column column = col(name);
    boolean vectors = rows.schema().apply(name).dataType().equals(SQLDataTypes.VectorType());
    return (vectors
            ? when(column.isNotNull(), functions.vector_to_array(column, "float32"))
            : column)
        .cast(DataTypes.createArrayType(DataTypes.FloatType));
  }

  /** The same items with vectors of length 1; zero vectors stay. */
  static Dataset<Row> unitLength(Dataset<Row> items) {
    Column vector = floats(items, VECTOR).cast(DataTypes.createArrayType(DataTypes.DoubleType));
    Column norm = sqrt(aggregate(col(VECTOR), lit(0.0), (sum, x) -> sum.plus(x.multiply(x))));
    return items
        .withColumn(ITEM, col(ITEM).cast(DataTypes.StringType))
        .withColumn(VECTOR, vector)
        .withColumn("norm", norm)
        .withColumn(
            VECTOR,
            transform(
                col(VECTOR), x -> when(col("norm").equalTo(0), x).otherwise(x.divide(col("norm")))))
        .drop("norm");
  }

  ItemFrame only(ItemFilter filter) {
    if (filter.equals(ItemFilter.ALL)) {
      return this;
    }
    Column permitted =
        udf((UDF1<String, Boolean>) filter::test, DataTypes.BooleanType).apply(col(ITEM));
    Dataset<Row> some = rows.where(permitted);
    return new ItemFrame(some, ineligible, some.count(), columns);
  }

  long bytes() {
    return Math.multiplyExact(size, (long) columns * Float.BYTES);
  }

  /** What may be broadcast: half the storage memory of the smallest process. */
  static long fitting(Dataset<Row> rows) {
    SparkExecutorInfo[] processes =
        rows.sparkSession().sparkContext().statusTracker().getExecutorInfos();
    long smallest =
        Stream.of(processes).mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory).min().orElse(0);
    return Math.min(smallest / 2, (long) Float.BYTES * (Integer.MAX_VALUE - 1024));
  }

  /** The items on the driver; what the filter does not permit is hidden. */
  CandidateItems collect(ItemFilter filter) {
    PackItemsFn pack = new PackItemsFn(columns, filter);
    return CandidateItems.merged(rows.javaRDD().mapPartitions(pack).collect(), columns)
        .hiding(filter);
  }

  /** The items in tiles of about so many bytes, persisted; one shuffle when they are computed. */
  JavaRDD<CandidateItems> tiles(long bytes, ItemFilter filter) {
    int count = Math.toIntExact((bytes() + bytes - 1) / bytes);
    return rows.repartition(count, col(ITEM))
        .javaRDD()
        .mapPartitions(new PackItemsFn(columns, filter))
        .persist(StorageLevel.MEMORY_AND_DISK_SER());
  }
}
