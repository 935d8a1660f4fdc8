package io.github.item2vec.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void equalsAFullSortWithTiesByIndex() {
    long seed = System.nanoTime();
    System.out.println("TopKTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int n = random.nextInt(60);
      int k = 1 + random.nextInt(70);
      int levels = 1 + random.nextInt(10);
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) {
        scores[i] = random.nextInt(levels) - levels / 2f;
      }
      assertThat(heap(scores, k)).as("seed %d round %d", seed, round).isEqualTo(sort(scores, k));
    }
  }

  private static int[] heap(float[] scores, int k) {
    TopK best = new TopK(k);
    for (int i = 0; i < scores.length; i++) {
      best.offer(i, scores[i]);
    }
    int[] indices = new int[best.size()];
    best.drainTo(indices, new float[best.size()]);
    return indices;
  }

  private static int[] sort(float[] scores, int k) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            (a, b) ->
                scores[a] != scores[b]
                    ? Float.compare(scores[b], scores[a])
                    : Integer.compare(a, b))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
