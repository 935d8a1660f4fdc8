package io.github.item2vec.train.basket;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Puts sequences in an order that depends on them and a seed alone, not on how they arrived. */
final class SequenceOrder {
  private SequenceOrder() {}

  /** Sorts, then shuffles, in place. */
  static void arrange(int[][] sequences, long seed) {
    Arrays.parallelSort(sequences, Arrays::compare);
    int[][] sorted = sequences.clone();
    int[] order = permutation(sequences.length, seed);
    Arrays.setAll(sequences, i -> sorted[order[i]]);
  }

  /** 0 .. n - 1, shuffled (Fisher and Yates). */
  static int[] permutation(int n, long seed) {
    int[] order = IntStream.range(0, n).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int index = order[i];
      order[i] = order[j];
      order[j] = index;
    }
    return order;
  }
}
