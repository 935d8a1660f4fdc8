package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemClustersTest {
  /** Three directions, lengths of all kinds: who shares a direction shares a cluster. */
  @Test
  void directionsThatArePlantedAreFound() {
    long seed = System.nanoTime();
    System.out.println("ItemClustersTest seed " + seed);
    Random random = new Random(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      float[] vector = new float[5];
      float length = (float) Math.exp(random.nextGaussian());
      for (int j = 0; j < 5; j++) {
        vector[j] = length * (float) ((j == i % 3 ? 1 : 0) + 0.05 * random.nextGaussian());
      }
      vectors.add(vector);
    }

    List<Integer> clusters = ItemClusters.of(vectors, 3, 42);

    assertThat(clusters)
        .as("seed %d", seed)
        .isEqualTo(IntStream.range(0, 60).mapToObj(i -> i % 3).toList())
        .isEqualTo(ItemClusters.of(vectors, 3, 42));
  }

  /** The twin: at the end of k-means each vector is nearest to the mean of its own cluster. */
  @Test
  void eachVectorIsNearestToItsOwnMean() {
    Random random = new Random(7);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      vectors.add(new float[] {(float) random.nextGaussian(), (float) random.nextGaussian(), 1});
    }

    List<Integer> clusters = ItemClusters.of(vectors, 4, 1);

    double[][] sums = new double[4][3];
    int[] sizes = new int[4];
    for (int i = 0; i < 80; i++) {
      double[] unit = ItemMap.unit(vectors.get(i));
      sizes[clusters.get(i)]++;
      for (int j = 0; j < 3; j++) {
        sums[clusters.get(i)][j] += unit[j];
      }
    }
    for (int i = 0; i < 80; i++) {
      double[] unit = ItemMap.unit(vectors.get(i));
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < 4; c++) {
        double distance = 0;
        for (int j = 0; j < 3; j++) {
          distance += Math.pow(unit[j] - sums[c][j] / sizes[c], 2);
        }
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      assertThat(clusters.get(i)).isEqualTo(nearest);
    }
  }

  @Test
  void fewOrEqualVectorsAreOneCluster() {
    assertThat(ItemClusters.of(List.of(), 7, 1)).isEmpty();
    assertThat(ItemClusters.of(List.of(new float[] {1}, new float[] {2}), 7, 1))
        .containsExactly(0, 0);
    List<float[]> same = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      same.add(new float[] {i + 1, 0});
    }
    assertThat(ItemClusters.of(same, 7, 1)).containsOnly(0);
  }
}
