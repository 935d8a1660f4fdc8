package io.github.item2vec.train.onetask;

import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * map@10 on held-out items, as the evaluator's: for each sequence with held-out items, all items
 * that it does not hold are ranked by (mean input vector) . (output vector), ties by index; the sum
 * of precision at the hits is divided by 10. A sequence none of whose items has a vector never
 * comes here. In the memory of one task; O(items x vectorSize) a sequence.
 */
public final class Validation {
  private static final int K = 10;

  /** More sequences would only cost time: the standard error is below 0.003 by then. */
  private static final int MOST_SEQUENCES = 5_000;

  private final Sequence[] sequences;

  /**
   * @param sequences of the training in the order of their hashes; of those with held-out items at
   *     most 5,000 are used, the first ones, which is a random sample
   */
  public Validation(Sequence[] sequences) {
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
    int[] indices = IntStream.range(0, items).toArray();
    workers.run(
        sequences.length, i -> precisions[i] = averagePrecision(sequences[i], trainer, indices));
    return DoubleStream.of(precisions).sum() / sequences.length;
  }

  private static double averagePrecision(Sequence sequence, EpochTrainer trainer, int[] items) {
    int[] ranks =
        new CurrentVectors(trainer, items, items)
            .ranks(sequence.items(), sequence.items(), sequence.heldOut());
    double sum = 0;
    for (int hit = 0; hit < ranks.length && ranks[hit] <= K; hit++) {
      sum += (hit + 1.0) / ranks[hit];
    }
    return sum / K;
  }
}
