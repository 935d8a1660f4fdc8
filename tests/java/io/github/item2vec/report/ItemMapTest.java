package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemMapTest {
  /** The twin: deflated power iteration on the covariance, written out. */
  @Test
  void axesAreThePrincipalComponentsOfUnitVectors() {
    long seed = System.nanoTime();
    System.out.println("ItemMapTest seed " + seed);
    Random random = new Random(seed);
    List<float[]> vectors = vectors(random, 40, 7);

    ItemMap map = ItemMap.of(vectors, 3);

    double[][] units = units(vectors);
    double[][] covariance = covariance(units);
    double trace = IntStream.range(0, 7).mapToDouble(i -> covariance[i][i]).sum();
    double[] mean = mean(units);
    for (int axis = 0; axis < 2; axis++) {
      double[] direction = largest(covariance, random);
      double variance = length(times(covariance, direction));
      assertThat(map.variance().get(axis))
          .as("seed %d", seed)
          .isCloseTo(variance / trace, within(1e-9));
      double sign = 0;
      for (int i = 0; i < units.length; i++) {
        double along = 0;
        for (int d = 0; d < 7; d++) {
          along += direction[d] * (units[i][d] - mean[d]);
        }
        ItemMap.Point point = map.points().get(i);
        double found = axis == 0 ? point.x() : point.y();
        sign = sign == 0 ? Math.signum(found * along) : sign;
        assertThat(found).as("seed %d", seed).isCloseTo(sign * along, within(1e-6));
      }
      deflate(covariance, direction, variance);
    }
  }

  @Test
  void theNearestAreThoseOfAFullSort() {
    List<float[]> vectors = vectors(new Random(3), 30, 5);
    vectors.add(new float[5]);
    double[][] units = units(vectors);

    ItemMap map = ItemMap.of(vectors, 4);

    for (int item = 0; item < units.length; item++) {
      double[] own = units[item];
      int self = item;
      assertThat(map.nearest().get(item))
          .isEqualTo(
              IntStream.range(0, units.length)
                  .filter(other -> other != self)
                  .boxed()
                  .sorted(Comparator.comparingDouble((Integer other) -> -dot(own, units[other])))
                  .limit(4)
                  .toList());
    }
  }

  /** The twin: every pair's distance on the map, by a full sort. */
  @Test
  void theShareOfNeighboursKeptIsThatOfAFullSort() {
    ItemMap map = ItemMap.of(vectors(new Random(5), 30, 5), 4);

    int both = 0;
    for (int item = 0; item < 30; item++) {
      ItemMap.Point own = map.points().get(item);
      int self = item;
      List<Integer> near =
          IntStream.range(0, 30)
              .filter(other -> other != self)
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                      (Integer other) ->
                          Math.pow(map.points().get(other).x() - own.x(), 2)
                              + Math.pow(map.points().get(other).y() - own.y(), 2)))
              .limit(4)
              .toList();
      both += (int) map.nearest().get(item).stream().filter(near::contains).count();
    }
    assertThat(map.kept()).isCloseTo(both / 120.0, within(1e-12)).isBetween(0.2, 0.9);
    assertThat(ItemMap.of(vectors(new Random(6), 20, 2), 4).kept()).isBetween(0.2, 1.0);
    assertThat(ItemMap.of(List.of(), 4).kept()).isZero();
  }

  @Test
  void fewItemsAndOneDimensionAreDrawnToo() {
    assertThat(ItemMap.of(List.of(), 5).points()).isEmpty();
    ItemMap one = ItemMap.of(List.of(new float[] {3}, new float[] {-1}), 5);
    assertThat(one.points()).extracting(ItemMap.Point::y).containsOnly(0.0);
    assertThat(one.nearest()).containsExactly(List.of(1), List.of(0));
    ItemMap same = ItemMap.of(List.of(new float[] {1, 1}, new float[] {2, 2}), 1);
    assertThat(same.variance()).containsExactly(0.0, 0.0);
  }

  private static List<float[]> vectors(Random random, int n, int d) {
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] vector = new float[d];
      for (int j = 0; j < d; j++) {
        vector[j] = (float) (random.nextGaussian() * (d - j) + (j == 1 ? 2 : 0));
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static double[][] units(List<float[]> vectors) {
    double[][] units = new double[vectors.size()][];
    for (int i = 0; i < units.length; i++) {
      float[] vector = vectors.get(i);
      units[i] = IntStream.range(0, vector.length).mapToDouble(j -> vector[j]).toArray();
      double length = length(units[i]);
      for (int j = 0; length > 0 && j < vector.length; j++) {
        units[i][j] /= length;
      }
    }
    return units;
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    return mean;
  }

  private static double[][] covariance(double[][] rows) {
    double[] mean = mean(rows);
    double[][] covariance = new double[mean.length][mean.length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]);
        }
      }
    }
    return covariance;
  }

  private static double[] largest(double[][] matrix, Random random) {
    double[] direction =
        IntStream.range(0, matrix.length).mapToDouble(i -> random.nextGaussian()).toArray();
    for (int step = 0; step < 20_000; step++) {
      double[] next = times(matrix, direction);
      double length = length(next);
      for (int i = 0; i < next.length; i++) {
        direction[i] = next[i] / length;
      }
    }
    return direction;
  }

  private static void deflate(double[][] matrix, double[] direction, double value) {
    for (int i = 0; i < direction.length; i++) {
      for (int j = 0; j < direction.length; j++) {
        matrix[i][j] -= value * direction[i] * direction[j];
      }
    }
  }

  private static double[] times(double[][] matrix, double[] vector) {
    return IntStream.range(0, matrix.length).mapToDouble(i -> dot(matrix[i], vector)).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double length(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }
}
