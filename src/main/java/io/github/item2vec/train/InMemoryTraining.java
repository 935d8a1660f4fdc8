package io.github.item2vec.train;

import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.onetask.CurrentVectors;
import io.github.item2vec.train.onetask.EpochTrainers;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;

/**
 * {@link Item2Vec#fit} without Spark, for sequences that are in memory: the same vectors bit for
 * bit. Small enough to travel to a task; needs memory for sequences and vectors only. Validation,
 * early stopping, checkpoints and initial models of the estimator are not heeded.
 */
public final class InMemoryTraining implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Item2Vec estimator;

  /**
   * A training with the parameters of an estimator as they are now.
   *
   * @throws IllegalArgumentException when {@code minStepSize > stepSize}
   */
  public InMemoryTraining(Item2Vec estimator) {
    this.estimator = estimator.copy(ParamMap.empty());
    this.estimator.checkedSettings(0);
  }

  /** Is shown the vectors after each epoch. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Whether training goes on.
     *
     * @param epoch from 1
     * @param epochs of the training
     * @param vectors as they are now; they change with the next epoch
     */
    boolean goesOn(int epoch, int epochs, CurrentVectors vectors);
  }

  /**
   * Trains, and hands the vectors to {@code use} at the end; they are gone when it returns.
   *
   * @param sequences items as numbers, whose order is that of the ids' UTF-8 bytes
   * @param items how many items there are; all numbers are below
   * @param threads that train at once; does not change the result
   * @throws IllegalArgumentException when no item occurs {@code minCount} times
   * @throws ArithmeticException when an epoch leaves a value that is no finite number
   */
  public <T> T train(
      int[][] sequences,
      int items,
      int threads,
      Observer observer,
      Function<CurrentVectors, T> use) {
    long[] counts = new long[items];
    for (int[] sequence : sequences) {
      for (int item : sequence) {
        counts[item]++;
      }
    }
    int[] vocabulary = vocabulary(counts);
    int[] indices = indices(vocabulary, items);
    long[] kept = IntStream.of(vocabulary).mapToLong(item -> counts[item]).toArray();
    TrainingSettings settings = estimator.checkedSettings(Arrays.stream(kept).sum());
    Sequence[] encoded =
        Arrays.stream(sequences)
            .flatMap(s -> EncodeFn.sequences(encode(s, indices), new int[0], settings))
            .toArray(Sequence[]::new);
    try (EpochTrainer trainer = EpochTrainers.of(settings, kept, encoded, threads)) {
      for (int epoch = 0; epoch < settings.maxIter(); epoch++) {
        trainer.trainEpoch(epoch, itemsTrained -> {});
        trainer.requireFinite(epoch);
        if (!observer.goesOn(
            epoch + 1, settings.maxIter(), new CurrentVectors(trainer, vocabulary, indices))) {
          break;
        }
      }
      return use.apply(new CurrentVectors(trainer, vocabulary, indices).under(trainer.rule()));
    }
  }

  /** Items by falling count, ties by number: the order of {@link Vocabulary#count}. */
  private int[] vocabulary(long[] counts) {
    int[] vocabulary =
        IntStream.range(0, counts.length)
            .filter(item -> counts[item] >= Math.max(1, estimator.getMinCount()))
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(item -> -counts[item]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    if (vocabulary.length == 0) {
      throw new IllegalArgumentException(
          "no item occurs minCount = %d times: the most frequent %d times"
              .formatted(estimator.getMinCount(), Arrays.stream(counts).max().orElse(0)));
    }
    return vocabulary;
  }

  private static int[] indices(int[] vocabulary, int items) {
    int[] indices = new int[items];
    Arrays.fill(indices, -1);
    for (int index = 0; index < vocabulary.length; index++) {
      indices[vocabulary[index]] = index;
    }
    return indices;
  }

  private static int[] encode(int[] sequence, int[] indices) {
    return Arrays.stream(sequence).map(item -> indices[item]).filter(i -> i >= 0).toArray();
  }
}
