package io.github.item2vec.baseline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Spark's own {@link ALS} on implicit feedback (Hu, Koren and Volinsky, ICDM 2008): every item of a
 * user counts 1. Driver only; ids become whole numbers by two sorts and two joins, cached until
 * {@link #close}.
 */
public final class Als implements AutoCloseable {
  /** A small grid around Spark's and the literature's usual values; to be chosen on validation. */
  public static final List<Settings> GRID =
      List.of(
          new Settings(32, 0.1, 1),
          new Settings(32, 0.1, 10),
          new Settings(32, 1, 10),
          new Settings(32, 1, 40),
          new Settings(64, 0.3, 10),
          new Settings(64, 1, 40));

  private static final int ITERATIONS = 15;

  /** Of a block: some milliseconds of arithmetic at rank 64, more than the start of its task. */
  private static final int PAIRS_A_BLOCK = 50_000;

  private static final String ID = "id";

  private final Dataset<Row> users;
  private final Dataset<Row> items;
  private final Dataset<Row> pairs;
  private final int blocks;

  /** What the grid varies. */
  public record Settings(int rank, double regParam, double alpha) {}

  /**
   * What a fit leaves.
   *
   * @param users columns user and profile (array of float)
   * @param items columns item and vector (array of float)
   */
  public record Factors(Dataset<Row> users, Dataset<Row> items) {}

  /**
   * Numbers the ids and counts the pairs. Blocks are as many as there is work for, since each
   * iteration is two stages of that many tasks.
   *
   * @param users column user and a column of items
   * @param itemsCol array of string
   */
  public Als(Dataset<Row> users, String itemsCol) {
    Dataset<Row> named = users.select(col("user"), explode(col(itemsCol)).as("item"));
    this.users = numbered(named, "user").persist(StorageLevel.MEMORY_AND_DISK());
    this.items = numbered(named, "item").persist(StorageLevel.MEMORY_AND_DISK());
    this.pairs =
        named
            .join(this.users, "user")
            .join(this.items, "item")
            .select(col("user_id"), col("item_id"), lit(1f).as("rating"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    this.blocks = (int) Math.max(1, Math.min(mostBlocks(), pairs.count() / PAIRS_A_BLOCK));
  }

  private int mostBlocks() {
    return Math.max(10, 2 * cores());
  }

  private int cores() {
    return pairs.sparkSession().sparkContext().defaultParallelism();
  }

  /** How many fits have enough cores side by side, as each is as many tasks as it has blocks. */
  public int fitsAtOnce() {
    return Math.max(1, cores() / blocks);
  }

  /** Distinct ids by rising text, from 0. */
  private static Dataset<Row> numbered(Dataset<Row> rows, String column) {
    JavaRDD<Row> ids =
        rows.select(column)
            .distinct()
            .orderBy(column)
            .javaRDD()
            .zipWithIndex()
            .map(id -> RowFactory.create(id._1().getString(0), id._2().intValue()));
    return rows.sparkSession()
        .createDataFrame(
            ids,
            new StructType()
                .add(column, DataTypes.StringType, false)
                .add(column + "_id", DataTypes.IntegerType, false));
  }

  /**
   * Factors of users and items; two Spark jobs per iteration, and more. Several threads may fit at
   * the same time.
   */
  public Factors fit(Settings settings, long seed) {
    ALSModel model =
        new ALS()
            .setImplicitPrefs(true)
            .setUserCol("user_id")
            .setItemCol("item_id")
            .setRank(settings.rank())
            .setRegParam(settings.regParam())
            .setAlpha(settings.alpha())
            .setMaxIter(ITERATIONS)
            .setNumBlocks(blocks)
            .setSeed(seed)
            .fit(pairs);
    return new Factors(
        factors(model.userFactors(), users, "user").toDF("user", "profile"),
        factors(model.itemFactors(), items, "item").toDF("item", "vector"));
  }

  private static Dataset<Row> factors(Dataset<Row> factors, Dataset<Row> names, String column) {
    return names
        .join(factors, col(column + "_id").equalTo(col(ID)))
        .select(col(column), col("features"));
  }

  /** Lets go of the cached ids. */
  @Override
  public void close() {
    pairs.unpersist();
    users.unpersist();
    items.unpersist();
  }
}
