package io.github.item2vec.item2vec;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Vectors that stay on the executors as rows of {@link ModelVectors#SCHEMA}. Products with all of
 * them are one Spark job; only numbers, one an item, come to the driver.
 */
record DistributedVectors(Dataset<Row> rows, int items, int vectorSize) implements ModelVectors {
  private static final StructType PRODUCT =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("product", DataTypes.DoubleType, false);

  @Override
  public LocalVectors local() {
    ItemMatrix input = ItemMatrix.zeros(items, vectorSize);
    ItemMatrix output = ItemMatrix.zeros(items, vectorSize);
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      Row row = iterator.next();
      input.set(row.getInt(0), floats(row.getList(1)));
      output.set(row.getInt(0), floats(row.getList(2)));
    }
    return new LocalVectors(input, output);
  }

  private static float[] floats(List<Float> values) {
    float[] vector = new float[values.size()];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = values.get(d);
    }
    return vector;
  }

  private static double[] doubles(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).toArray();
  }

  @Override
  public double[][] inputRows(int[] wanted) {
    Object[] indices = Arrays.stream(wanted).distinct().boxed().toArray();
    Map<Integer, double[]> found = new HashMap<>();
    for (Row row :
        rows.where(col("index").isin(indices)).select("index", "input").collectAsList()) {
      found.put(row.getInt(0), doubles(row.getList(1)));
    }
    return Arrays.stream(wanted).mapToObj(found::get).toArray(double[][]::new);
  }

  @Override
  public double[] inputProducts(double[] vector) {
    return products("input", vector);
  }

  @Override
  public double[] outputProducts(double[] vector) {
    return products("output", vector);
  }

  private double[] products(String side, double[] vector) {
    return numbers(side, row -> dot(doubles(row.getList(1)), vector));
  }

  @Override
  public double[] inputLengths() {
    return numbers(
        "input",
        row -> {
          double[] vector = doubles(row.getList(1));
          return Math.sqrt(dot(vector, vector));
        });
  }

  private double[] numbers(String side, MapFunction<Row, Double> number) {
    double[] numbers = new double[items];
    Iterator<Row> iterator =
        rows.select("index", side)
            .map(
                (MapFunction<Row, Row>) row -> RowFactory.create(row.getInt(0), number.call(row)),
                Encoders.row(PRODUCT))
            .toLocalIterator();
    while (iterator.hasNext()) {
      Row row = iterator.next();
      numbers[row.getInt(0)] = row.getDouble(1);
    }
    return numbers;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
