package io.github.item2vec.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Clusters of vectors, each first brought to length 1: k-means, started by k-means++ (Arthur and
 * Vassilvitskii 2007). Driver only; O(n k d) per iteration.
 */
public final class ItemClusters {
  private static final int ITERATIONS = 50;

  private ItemClusters() {}

  /**
   * The cluster of each vector, numbered in the order in which the vectors reach them: the first
   * vector is of cluster 0. The same seed gives the same clusters.
   *
   * @param vectors of one length
   * @param clusters that are looked for; where no more vectors than that differ, all are in one
   */
  public static List<Integer> of(List<float[]> vectors, int clusters, long seed) {
    List<Unit> units =
        IntStream.range(0, vectors.size())
            .mapToObj(i -> new Unit(i, ItemMap.unit(vectors.get(i))))
            .toList();
    long different = units.stream().map(Unit::rounded).distinct().count();
    int[] found = new int[units.size()];
    if (different > clusters) {
      List<CentroidCluster<Unit>> all =
          new KMeansPlusPlusClusterer<Unit>(
                  clusters, ITERATIONS, new EuclideanDistance(), new Well19937c(seed))
              .cluster(units);
      for (int cluster = 0; cluster < all.size(); cluster++) {
        for (Unit unit : all.get(cluster).getPoints()) {
          found[unit.at] = cluster;
        }
      }
    }
    return byFirst(found, clusters);
  }

  private static List<Integer> byFirst(int[] found, int clusters) {
    int[] number = new int[clusters];
    Arrays.fill(number, -1);
    int next = 0;
    for (int cluster : found) {
      if (number[cluster] < 0) {
        number[cluster] = next++;
      }
    }
    return Arrays.stream(found).map(cluster -> number[cluster]).boxed().toList();
  }

  /** A vector and its place among all. */
  private static final class Unit implements Clusterable {
    private final int at;
    private final double[] point;

    Unit(int at, double[] point) {
      this.at = at;
      this.point = point;
    }

    List<Long> rounded() {
      return Arrays.stream(point).mapToObj(value -> Math.round(1e6 * value)).toList();
    }

    @Override
    public double[] getPoint() {
      return point;
    }
  }
}
