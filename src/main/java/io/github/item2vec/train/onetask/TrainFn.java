package io.github.item2vec.train.onetask;

import io.github.item2vec.train.checkpoint.Fingerprint;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.progress.ProgressReport;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * A training in one task: all sequences in, packed; out comes {@link #RESULTS} with the loss, the
 * validation metric and the seconds of each epoch, then the rule of profiles, then a row (index,
 * input, output) for each item.
 */
public final class TrainFn implements FlatMapFunction<Iterator<int[]>, Row> {
  /** In place of an item's index: the row holds losses, metrics and seconds. */
  public static final int RESULTS = -1;

  private static final long serialVersionUID = 1L;

  private final TrainingSettings settings;
  private final TrainingControl control;
  private final Broadcast<Vocabulary> vocabulary;
  private final WarmStart warmStart;
  private final int threads;
  private final LongAccumulator itemsTrained;
  private final CollectionAccumulator<EpochResult> epochsDone;

  /**
   * @param threads that train together, or {@link ExecutorCores#ALL}
   */
  public TrainFn(
      TrainingSettings settings,
      TrainingControl control,
      Broadcast<Vocabulary> vocabulary,
      WarmStart warmStart,
      int threads,
      LongAccumulator itemsTrained,
      CollectionAccumulator<EpochResult> epochsDone) {
    this.settings = settings;
    this.control = control;
    this.vocabulary = vocabulary;
    this.warmStart = warmStart;
    this.threads = threads;
    this.itemsTrained = itemsTrained;
    this.epochsDone = epochsDone;
  }

  private void epochDone(EpochResult result) {
    epochsDone.add(result);
    ProgressReport.epochDoneHere(itemsTrained, epochsDone);
  }

  @Override
  public Iterator<Row> call(Iterator<int[]> packed) {
    Sequence[] sequences = PackedSequences.unpack(packed, settings.seed());
    int workers =
        threads == ExecutorCores.ALL ? Runtime.getRuntime().availableProcessors() : threads;
    long[] counts = vocabulary.value().counts();
    TaskMemory.require(settings, counts.length, control.earlyStopping() > 0);
    TrainingControl resumable =
        control.of(Fingerprint.of(settings, control, counts, warmStart).with(sequences));
    Validation validation = new Validation(sequences);
    try (EpochTrainer trainer = EpochTrainers.of(settings, counts, sequences, workers);
        Workers validators = new Workers(workers)) {
      warmStart.apply(trainer);
      List<EpochResult> results =
          new OneTaskTraining(trainer, settings, resumable, validation, validators, counts.length)
              .run(itemsTrained::add, this::epochDone);
      Stream<Row> vectors =
          IntStream.range(0, counts.length)
              .mapToObj(i -> RowFactory.create(i, cut(trainer.input(i)), cut(trainer.output(i))));
      return Stream.of(Stream.of(resultsRow(results)), PackedRule.rows(trainer.rule()), vectors)
          .flatMap(rows -> rows)
          .iterator();
    }
  }

  private static Row resultsRow(List<EpochResult> results) {
    return RowFactory.create(
        RESULTS,
        results.stream().mapToDouble(EpochResult::loss).toArray(),
        results.stream().mapToDouble(EpochResult::validation).toArray(),
        results.stream().mapToDouble(EpochResult::seconds).toArray());
  }

  private float[] cut(float[] padded) {
    return Arrays.copyOf(padded, settings.vectorSize());
  }
}
