package io.github.item2vec.train.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Vectors as two arrays of the driver. */
public record LocalVectors(ItemMatrix input, ItemMatrix output)
    implements ModelVectors, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public int vectorSize() {
    return input.columns();
  }

  @Override
  public LocalVectors local() {
    return this;
  }

  @Override
  public double[][] inputRows(int[] items) {
    return Arrays.stream(items).mapToObj(input::row).toArray(double[][]::new);
  }

  @Override
  public double[] inputProducts(double[] vector) {
    return products(input, vector);
  }

  @Override
  public double[] outputProducts(double[] vector) {
    return products(output, vector);
  }

  @Override
  public double[] inputLengths() {
    return IntStream.range(0, input.rows())
        .mapToDouble(row -> Math.sqrt(input.dot(row, input.row(row))))
        .toArray();
  }

  private static double[] products(ItemMatrix matrix, double[] vector) {
    return IntStream.range(0, matrix.rows()).mapToDouble(row -> matrix.dot(row, vector)).toArray();
  }
}
