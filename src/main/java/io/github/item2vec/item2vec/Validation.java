package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * map@10 on held-out items, as the evaluator's: for each sequence with held-out items, all items
 * that it does not hold are ranked by (mean input vector) . (output vector), ties by index; the sum
 * of precision at the hits is divided by 10. A sequence none of whose items has a vector never
 * comes here. In the memory of one task; O(items x vectorSize) a sequence.
 */
final class Validation {
  private static final int K = 10;

  /** More sequences would only cost time: the standard error is below 0.003 by then. */
  private static final int MOST_SEQUENCES = 5_000;

  private final Sequence[] sequences;

  /**
   * @param sequences of the training in the order of their hashes; of those with held-out items at
   *     most 5,000 are used, the first ones, which is a random sample
   */
  Validation(Sequence[] sequences) {
    this.sequences =
        Arrays.stream(sequences)
            .filter(sequence -> sequence.heldOut().length > 0)
            .sorted()
            .limit(MOST_SEQUENCES)
            .toArray(Sequence[]::new);
  }

  boolean isEmpty() {
    return sequences.length == 0;
  }

  /** The mean over the sequences, added in a fixed order. */
  double metric(EpochTrainer trainer, int items, Workers workers) {
    double[] precisions = new double[sequences.length];
    workers.run(
        sequences.length, i -> precisions[i] = averagePrecision(sequences[i], trainer, items));
    return DoubleStream.of(precisions).sum() / sequences.length;
  }

  private static double averagePrecision(Sequence sequence, EpochTrainer trainer, int items) {
    RowMath math = RowMath.BEST;
    float[] profile = new float[trainer.input(0).length];
    for (int item : sequence.items()) {
      math.add(1f / sequence.items().length, trainer.input(item), profile);
    }
    float[] scores = new float[items];
    for (int item = 0; item < items; item++) {
      scores[item] = math.dot(profile, trainer.output(item));
    }
    for (int item : sequence.items()) {
      scores[item] = Float.NEGATIVE_INFINITY;
    }
    int[] ranks =
        Arrays.stream(sequence.heldOut())
            .distinct()
            .filter(item -> scores[item] > Float.NEGATIVE_INFINITY)
            .map(item -> rank(scores, item))
            .sorted()
            .toArray();
    double sum = 0;
    for (int hit = 0; hit < ranks.length && ranks[hit] <= K; hit++) {
      sum += (hit + 1.0) / ranks[hit];
    }
    return sum / K;
  }

  /** From 1. */
  private static int rank(float[] scores, int item) {
    int rank = 1;
    for (int other = 0; other < scores.length; other++) {
      if (scores[other] > scores[item] || (scores[other] == scores[item] && other < item)) {
        rank++;
      }
    }
    return rank;
  }
}
