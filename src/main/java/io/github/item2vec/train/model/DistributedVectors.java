package io.github.item2vec.train.model;

import static org.apache.spark.sql.functions.col;

import io.github.item2vec.math.IntList;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Vectors that stay on the executors as rows of {@link ModelVectors#SCHEMA}. Products with all of
 * them are one Spark job; only numbers, one an item, come to the driver.
 */
public record DistributedVectors(Dataset<Row> rows, int items, int vectorSize)
    implements ModelVectors {
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

  private double[] numbers(String side, ToDoubleFunction<Row> number) {
    double[] numbers = new double[items];
    for (Tuple2<int[], double[]> some :
        rows.select("index", side).toJavaRDD().mapPartitions(new NumbersFn(number)).collect()) {
      for (int i = 0; i < some._1().length; i++) {
        numbers[some._1()[i]] = some._2()[i];
      }
    }
    return numbers;
  }

  /** A number of a row, computed in tasks. */
  private interface ToDoubleFunction<T> extends Serializable {
    double apply(T row);
  }

  /** The rows of a partition to their indices and numbers. Runs in tasks. */
  private static final class NumbersFn
      implements FlatMapFunction<Iterator<Row>, Tuple2<int[], double[]>> {
    private static final long serialVersionUID = 1L;
    private final ToDoubleFunction<Row> number;

    NumbersFn(ToDoubleFunction<Row> number) {
      this.number = number;
    }

    @Override
    public Iterator<Tuple2<int[], double[]>> call(Iterator<Row> rows) {
      IntList indices = new IntList();
      DoubleStream.Builder numbers = DoubleStream.builder();
      while (rows.hasNext()) {
        Row row = rows.next();
        indices.add(row.getInt(0));
        numbers.add(number.apply(row));
      }
      return List.of(new Tuple2<>(indices.toArray(), numbers.build().toArray())).iterator();
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
