package io.github.item2vec.item2vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;

/**
 * The training task: all sequences in; out comes {@link #LOSSES} with the mean loss of each epoch,
 * then a row (index, input, output) for each item.
 */
final class TrainFn implements FlatMapFunction<Iterator<int[]>, Row> {
  /** In place of an item's index: the row holds the losses, a double[]. */
  static final int LOSSES = -1;

  private static final long serialVersionUID = 1L;

  private final TrainingSettings settings;
  private final Broadcast<Vocabulary> vocabulary;
  private final int threads;
  private final LongAccumulator itemsTrained;

  /**
   * @param threads that train together, or {@link ExecutorCores#ALL}
   */
  TrainFn(
      TrainingSettings settings,
      Broadcast<Vocabulary> vocabulary,
      int threads,
      LongAccumulator itemsTrained) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.threads = threads;
    this.itemsTrained = itemsTrained;
  }

  @Override
  public Iterator<Row> call(Iterator<int[]> rows) {
    List<int[]> sequences = new ArrayList<>();
    rows.forEachRemaining(sequences::add);
    int workers =
        threads == ExecutorCores.ALL ? Runtime.getRuntime().availableProcessors() : threads;
    long[] counts = vocabulary.value().counts();
    try (EpochTrainer trainer =
        EpochTrainer.of(settings, counts, sequences.toArray(int[][]::new), workers)) {
      double[] losses = train(trainer);
      Stream<Row> vectors =
          IntStream.range(0, counts.length)
              .mapToObj(i -> RowFactory.create(i, cut(trainer.input(i)), cut(trainer.output(i))));
      return Stream.concat(Stream.of(RowFactory.create(LOSSES, losses, null)), vectors).iterator();
    }
  }

  /**
   * All epochs.
   *
   * @throws ArithmeticException when an epoch leaves a value that is no finite number; names epoch
   *     and step size
   */
  private double[] train(EpochTrainer trainer) {
    double[] losses = new double[settings.maxIter()];
    for (int epoch = 0; epoch < losses.length; epoch++) {
      losses[epoch] = trainer.trainEpoch(epoch, itemsTrained::add);
      trainer.requireFinite(epoch);
    }
    return losses;
  }

  private float[] cut(float[] padded) {
    return Arrays.copyOf(padded, settings.vectorSize());
  }
}
