package io.github.item2vec.data.planted;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The planted items: popularity, taste cluster, quality; built on the driver, broadcast, read-only.
 * Clusters stand on a ring, neighbours being akin. Drawing an item is a binary search.
 */
final class PlantedCatalogue implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ITEMS_PER_CLUSTER = 40;
  private static final int MAX_CLUSTERS = 1000;

  /** Zipf-Mandelbrot 1 / (rank + 10)^0.9: a head a little flatter than Zipf's, as in MovieLens. */
  private static final double SHIFT = 10;

  private static final double EXPONENT = 0.9;

  final int items;
  final int clusters;
  final float[] quality;
  private final int[] clusterOf;
  private final int[] start;
  private final int[] member;
  private final double[] cumulative;

  private PlantedCatalogue(int items, long seed) {
    this.items = items;
    this.clusters = Math.max(1, Math.min(MAX_CLUSTERS, items / ITEMS_PER_CLUSTER));
    this.quality = new float[items];
    this.clusterOf = new int[items];
    this.start = new int[clusters + 1];
    this.member = new int[items];
    this.cumulative = new double[items];
    SplittableRandom random = new SplittableRandom(seed);
    int[] rank = new int[items];
    for (int i = 0; i < items; i++) {
      int other = random.nextInt(i + 1);
      rank[i] = rank[other];
      rank[other] = i;
    }
    for (int i = 0; i < items; i++) {
      clusterOf[i] = random.nextInt(clusters);
      quality[i] = (float) (0.5 * noise(random));
      start[clusterOf[i] + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] filled = Arrays.copyOf(start, clusters);
    for (int i = 0; i < items; i++) {
      member[filled[clusterOf[i]]++] = i;
    }
    double sum = 0;
    for (int i = 0; i < items; i++) {
      sum += StrictMath.pow(rank[member[i]] + SHIFT, -EXPONENT);
      cumulative[i] = sum;
    }
  }

  static PlantedCatalogue of(int items, long seed) {
    return new PlantedCatalogue(items, seed);
  }

  int clusterOf(int item) {
    return clusterOf[item];
  }

  /** An item by popularity, of all clusters. */
  int draw(SplittableRandom random) {
    return draw(0, items, random);
  }

  /** An item of the cluster by popularity; of all when the cluster has none. */
  int draw(int cluster, SplittableRandom random) {
    return start[cluster] == start[cluster + 1]
        ? draw(random)
        : draw(start[cluster], start[cluster + 1], random);
  }

  private int draw(int from, int to, SplittableRandom random) {
    double low = from == 0 ? 0 : cumulative[from - 1];
    double point = low + random.nextDouble() * (cumulative[to - 1] - low);
    int at = Arrays.binarySearch(cumulative, from, to, point);
    return member[Math.min(to - 1, at < 0 ? -at - 1 : at)];
  }

  /** About standard normal: the scaled sum of four uniforms, the same on every JDK. */
  static double noise(SplittableRandom random) {
    double sum =
        random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
    return (sum - 2) * Math.sqrt(3);
  }
}
