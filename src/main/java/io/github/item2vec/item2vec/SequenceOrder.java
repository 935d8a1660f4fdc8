package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Puts sequences in an order that depends on them and a seed alone, not on how they arrived. */
final class SequenceOrder {
  private SequenceOrder() {}

  /** Sorts, then shuffles (Fisher and Yates), in place. */
  static void arrange(int[][] sequences, long seed) {
    Arrays.parallelSort(sequences, Arrays::compare);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = sequences.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int[] sequence = sequences[i];
      sequences[i] = sequences[j];
      sequences[j] = sequence;
    }
  }
}
