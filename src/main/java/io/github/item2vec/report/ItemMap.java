package io.github.item2vec.report;

import dev.ludovic.netlib.lapack.LAPACK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.netlib.util.intW;

/**
 * Vectors as points of a plane: their two principal components, each vector first brought to length
 * 1, since directions are what tells items apart and lengths mostly say how often an item was seen.
 * Two dimensions show a part of the whole only, see {@link #variance}; who is near whom is
 * therefore told in full by {@link #nearest}. Driver only.
 *
 * @param points x and y of each vector
 * @param variance share of the unit vectors' variance along x and along y
 * @param nearest for each vector the places of its nearest others by cosine, the nearest first
 * @param kept share of these that are among as many nearest points of the plane too, the mean of
 *     all vectors; 0 without any
 */
public record ItemMap(
    List<Point> points, List<Double> variance, List<List<Integer>> nearest, double kept) {
  /** Where a vector lies. */
  public record Point(double x, double y) {}

  /**
   * Projects; O(n d^2 + d^3) for the projection and O(n^2 d) for the neighbours, on all cores.
   *
   * @param vectors of one length; a zero vector stays one
   * @param neighbours of each
   */
  public static ItemMap of(List<float[]> vectors, int neighbours) {
    double[][] units = vectors.stream().map(ItemMap::unit).toArray(double[][]::new);
    int n = units.length;
    int d = n == 0 ? 0 : units[0].length;
    double[] mean = mean(units, d);
    double[] covariance = covariance(units, mean);
    double total = IntStream.range(0, d).mapToDouble(i -> covariance[i * d + i]).sum();
    double[] shares = new double[2];
    double[][] axes = new double[2][d];
    if (d > 0) {
      double[] variances = eigenvectors(covariance, d);
      for (int axis = 0; axis < Math.min(2, d); axis++) {
        int column = d - 1 - axis; // the largest are last
        System.arraycopy(covariance, column * d, axes[axis], 0, d);
        towardsPositive(axes[axis]);
        shares[axis] = total > 0 ? Math.max(0, variances[column]) / total : 0;
      }
    }
    List<Point> points = new ArrayList<>();
    for (double[] unit : units) {
      points.add(new Point(along(axes[0], unit, mean), along(axes[1], unit, mean)));
    }
    List<List<Integer>> nearest =
        IntStream.range(0, n).parallel().mapToObj(i -> nearest(units, i, neighbours)).toList();
    return new ItemMap(points, List.of(shares[0], shares[1]), nearest, kept(points, nearest));
  }

  private static double kept(List<Point> points, List<List<Integer>> nearest) {
    return IntStream.range(0, points.size())
        .parallel()
        .filter(i -> !nearest.get(i).isEmpty())
        .mapToDouble(
            i -> {
              int neighbours = nearest.get(i).size();
              List<Integer> onTheMap = closest(distances(points, i), i, neighbours);
              return (double) onTheMap.stream().filter(nearest.get(i)::contains).count()
                  / neighbours;
            })
        .average()
        .orElse(0);
  }

  /** Squared ones, which have the same order. */
  private static double[] distances(List<Point> points, int item) {
    Point own = points.get(item);
    double[] distances = new double[points.size()];
    for (int other = 0; other < distances.length; other++) {
      double x = points.get(other).x() - own.x();
      double y = points.get(other).y() - own.y();
      distances[other] = x * x + y * y;
    }
    return distances;
  }

  /** The vector at length 1, a zero vector as it is. */
  static double[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    return IntStream.range(0, vector.length).mapToDouble(i -> vector[i] / length).toArray();
  }

  private static double[] mean(double[][] units, int d) {
    double[] mean = new double[d];
    for (double[] unit : units) {
      for (int i = 0; i < d; i++) {
        mean[i] += unit[i] / units.length;
      }
    }
    return mean;
  }

  /** Not divided by the number of vectors, which changes neither axes nor shares. */
  private static double[] covariance(double[][] units, double[] mean) {
    int d = mean.length;
    double[] covariance = new double[d * d];
    for (double[] unit : units) {
      for (int i = 0; i < d; i++) {
        double left = unit[i] - mean[i];
        for (int j = 0; j < d; j++) {
          covariance[i * d + j] += left * (unit[j] - mean[j]);
        }
      }
    }
    return covariance;
  }

  /** Replaces a symmetric matrix by its eigenvectors, one a column; returns the eigenvalues. */
  private static double[] eigenvectors(double[] matrix, int d) {
    double[] values = new double[d];
    double[] work = new double[Math.max(1, 34 * d)]; // (blocks of 32 + 2) d: what dsyev asks for
    intW info = new intW(0);
    LAPACK.getInstance().dsyev("V", "U", d, matrix, d, values, work, work.length, info);
    if (info.val != 0) {
      throw new ArithmeticException("no principal components: LAPACK says " + info.val);
    }
    return values;
  }

  /** An axis has no direction of its own: the largest part of it is made positive. */
  private static void towardsPositive(double[] axis) {
    int largest = 0;
    for (int i = 1; i < axis.length; i++) {
      if (Math.abs(axis[i]) > Math.abs(axis[largest]) + 1e-9) {
        largest = i;
      }
    }
    if (axis[largest] < 0) {
      for (int i = 0; i < axis.length; i++) {
        axis[i] = -axis[i];
      }
    }
  }

  private static double along(double[] axis, double[] unit, double[] mean) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += axis[i] * (unit[i] - mean[i]);
    }
    return sum;
  }

  private static List<Integer> nearest(double[][] units, int item, int neighbours) {
    double[] distances = new double[units.length];
    for (int other = 0; other < units.length; other++) {
      double cosine = 0;
      for (int i = 0; i < units[item].length; i++) {
        cosine += units[item][i] * units[other][i];
      }
      distances[other] = -cosine;
    }
    return closest(distances, item, neighbours);
  }

  /** The others at the least distances, of equal ones the earlier. */
  private static List<Integer> closest(double[] distances, int item, int neighbours) {
    int[] best = new int[Math.min(neighbours, distances.length - 1)];
    int found = 0;
    for (int other = 0; other < distances.length; other++) {
      if (other != item) {
        int place = found < best.length ? found++ : found;
        while (place > 0 && distances[best[place - 1]] > distances[other]) {
          place--;
          if (place + 1 < best.length) {
            best[place + 1] = best[place];
          }
        }
        if (place < best.length) {
          best[place] = other;
        }
      }
    }
    return Arrays.stream(best).boxed().toList();
  }
}
