package io.github.item2vec.train.model;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Where a model's vectors are: on the driver, or on the executors when they are many. */
public sealed interface ModelVectors permits LocalVectors, DistributedVectors {
  /** Array of floats. */
  DataType VECTOR = DataTypes.createArrayType(DataTypes.FloatType, false);

  /** One row an item. */
  StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("input", VECTOR, false)
          .add("output", VECTOR, false);

  /** Both matrices together; more stays on the executors. */
  long MOST_LOCAL_BYTES = 512L << 20;

  static boolean fitDriver(int items, int vectorSize) {
    return 2L * Float.BYTES * items * vectorSize <= MOST_LOCAL_BYTES;
  }

  int vectorSize();

  /**
   * The vectors as arrays of the driver; distributed ones are collected.
   *
   * @throws IllegalArgumentException when a matrix does not fit one array
   */
  LocalVectors local();

  /** Input rows of some items. */
  double[][] inputRows(int[] items);

  /** {@code vector . row} for each input row. */
  double[] inputProducts(double[] vector);

  /** {@code vector . row} for each output row. */
  double[] outputProducts(double[] vector);

  /** The length of each input row. */
  double[] inputLengths();

  /** From rows of {@link #SCHEMA}, as arrays when they fit the driver. */
  static ModelVectors of(Dataset<Row> rows, int items, int vectorSize) {
    DistributedVectors distributed = new DistributedVectors(rows, items, vectorSize);
    return fitDriver(items, vectorSize) ? distributed.local() : distributed;
  }
}
