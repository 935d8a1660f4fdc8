package io.github.item2vec.train.model;

import static org.apache.spark.sql.functions.col;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How a model's contexts become scores. The numbers are on the driver; the tables are where the
 * vectors are: on the driver, or on the executors when these are many.
 */
public final class ModelRule {
  /** A row per item of what it adds to others. */
  public static final StructType TABLES =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("transitions", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("transitionValues", ModelVectors.VECTOR, false)
          .add("neighbours", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("neighbourValues", ModelVectors.VECTOR, false);

  /** Without tables when these are elsewhere. */
  private final ProfileRule numbers;

  /** Of {@link #TABLES}; null when the tables are part of the numbers. */
  private final Dataset<Row> rows;

  private ModelRule(ProfileRule numbers, Dataset<Row> rows) {
    this.numbers = numbers;
    this.rows = rows;
  }

  /** On the driver, all of it. */
  public static ModelRule local(ProfileRule rule) {
    return new ModelRule(rule, null);
  }

  /**
   * With tables that stay on the executors.
   *
   * @param numbers its tables are not looked at
   * @param rows of {@link #TABLES}, one per item
   */
  public static ModelRule distributed(ProfileRule numbers, Dataset<Row> rows) {
    return new ModelRule(numbers, rows);
  }

  /** The weights of contexts' items. */
  public LagWeights lags() {
    return numbers.lags();
  }

  /** The rule without tables that are elsewhere. */
  public ProfileRule numbers() {
    return numbers;
  }

  /** The rows of tables that are on the executors. */
  public Optional<Dataset<Row>> rows() {
    return Optional.ofNullable(rows);
  }

  /** The whole rule on the driver; tables that are elsewhere are collected. */
  public ProfileRule collected() {
    return rows == null ? numbers : with(rows);
  }

  /** Whether profiles are plain means and scores products alone. */
  public boolean isMean() {
    return rows == null && numbers.isMean();
  }

  /**
   * What a context adds to the score of each item; a job when the tables are elsewhere.
   *
   * @param context known items, oldest first
   * @return by item; a new array
   */
  public double[] additions(int[] context) {
    if (rows == null) {
      return numbers.additions(context);
    }
    Object[] indices = Arrays.stream(context).distinct().boxed().toArray();
    return with(rows.where(col("index").isin(indices))).additions(context);
  }

  private ProfileRule with(Dataset<Row> some) {
    return with(numbers, some.collectAsList());
  }

  /**
   * A rule with tables on the driver.
   *
   * @param rows of {@link #TABLES} in any order, with arrays or lists; items without one have no
   *     entries
   */
  public static ProfileRule with(ProfileRule numbers, List<Row> rows) {
    int items = numbers.transitions().items();
    return new ProfileRule(
        numbers.lags(), numbers.rated(), table(rows, 1, items), table(rows, 3, items));
  }

  /** Columns are at one place of a row and values at the next. */
  private static ItemTable table(List<Row> rows, int at, int items) {
    int[] starts = new int[items + 1];
    for (Row row : rows) {
      starts[row.getInt(0) + 1] =
          row.get(at) instanceof int[] some ? some.length : row.getList(at).size();
    }
    for (int item = 0; item < items; item++) {
      starts[item + 1] += starts[item];
    }
    int[] columns = new int[starts[items]];
    float[] values = new float[columns.length];
    for (Row row : rows) {
      int to = starts[row.getInt(0)];
      if (row.get(at) instanceof int[] some) {
        System.arraycopy(some, 0, columns, to, some.length);
        System.arraycopy((float[]) row.get(at + 1), 0, values, to, some.length);
      } else {
        copy(row.<Integer>getList(at), row.<Float>getList(at + 1), columns, values, to);
      }
    }
    return new ItemTable(starts, columns, values);
  }

  private static void copy(
      List<Integer> some, List<Float> gains, int[] columns, float[] values, int to) {
    for (int i = 0; i < some.size(); i++) {
      columns[to + i] = some.get(i);
      values[to + i] = gains.get(i);
    }
  }
}
