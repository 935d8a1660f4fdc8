package io.github.item2vec.train.distributed;

import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.checkpoint.Fingerprint;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSteps;
import io.github.item2vec.train.model.ModelRule;
import io.github.item2vec.train.progress.ProgressReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * A training by many tasks: the sequences dealt out to slots, then epoch after epoch with
 * checkpoints between them. The rows of a part are in one task at a time and go from one to the
 * next through Spark's shuffle; no vectors come to the driver. Driver only.
 *
 * @param <S> where a training stands between two epochs
 */
public abstract class DistributedTraining<S> implements AutoCloseable {
  private final JavaSparkContext spark;
  private final TrainingSteps steps;
  private final WarmStart warmStart;
  private final JavaRDD<Sequence> slots;
  private final ShuffleFiles shuffles;
  private final TrainingControl control;

  DistributedTraining(
      JavaSparkContext spark,
      TrainingSteps steps,
      TrainingControl control,
      WarmStart warmStart,
      long[] counts,
      JavaRDD<Sequence> sequences) {
    this.spark = spark;
    this.steps = steps;
    this.warmStart = warmStart;
    this.shuffles = new ShuffleFiles(spark);
    Slots layout = steps.slots();
    this.slots =
        sequences
            .mapToPair(sequence -> new Tuple2<>(layout.slot(sequence.hash()), sequence))
            .partitionBy(new HashPartitioner(layout.count()))
            .values()
            .mapPartitions(DistributedTraining::sorted)
            .persist(StorageLevel.DISK_ONLY());
    long data = slots.map(Fingerprint::of).fold(0L, Long::sum);
    this.control =
        control.of(Fingerprint.of(steps.settings(), control, counts, warmStart).with(data));
  }

  private static Iterator<Sequence> sorted(Iterator<Sequence> sequences) {
    List<Sequence> all = new ArrayList<>();
    sequences.forEachRemaining(all::add);
    all.sort(null);
    return all.iterator();
  }

  /** Before the first epoch. */
  abstract S initial();

  /** From the checkpoint after so many epochs. */
  abstract S restored(int epochs);

  /** Writes all parts of a checkpoint. */
  abstract void save(S state, int epochs);

  /**
   * Trains an epoch.
   *
   * @param chunksDone told how many of its chunks are trained
   */
  abstract S trainEpoch(S state, int epoch, EpochLoss loss, IntConsumer chunksDone);

  /** How contexts become scores, once trained. */
  public ProfileRule rule() {
    return ProfileRule.mean(steps.parts().items());
  }

  /** Rows of {@link ModelRule#TABLES}, one per item, once trained; empty for none. */
  public Optional<JavaRDD<Row>> tables() {
    return Optional.empty();
  }

  /** A row (index, input, output) per item. */
  abstract JavaRDD<Row> rows(S state);

  /** All epochs, told to {@code progress}; the vectors are rows (index, input, output). */
  public JavaRDD<Row> train(
      List<EpochResult> results, ProgressReport progress, long itemsPerEpoch) {
    OptionalInt done =
        control.checkpoints() == null ? OptionalInt.empty() : control.checkpoints().newest();
    S state = done.isPresent() ? restored(done.getAsInt()) : initial();
    if (done.isPresent()) {
      results.addAll(control.checkpoints().results(done.getAsInt()));
    }
    for (int epoch = results.size(); epoch < steps.settings().maxIter(); epoch++) {
      long start = System.nanoTime();
      EpochLoss loss = new EpochLoss();
      int before = epoch;
      describe(before, 0, results);
      state =
          trainEpoch(
              state,
              epoch,
              loss,
              chunks -> {
                describe(before, chunks, results);
                double epochs = before + (double) chunks / steps.slots().chunks();
                progress.trained((long) (epochs * itemsPerEpoch), results);
              });
      double seconds = (System.nanoTime() - start) / 1e9;
      results.add(new EpochResult(epoch + 1, loss.mean(), Double.NaN, seconds));
      progress.trained((epoch + 1) * itemsPerEpoch, results);
      if (control.saves(results.size()) && results.size() < steps.settings().maxIter()) {
        state = saved(state, results);
      }
    }
    return rows(state);
  }

  private void describe(int epoch, int chunks, List<EpochResult> results) {
    spark
        .sc()
        .setJobDescription(
            "item2vec: epoch %d of %d, chunk %d of %d%s"
                .formatted(
                    epoch + 1,
                    steps.settings().maxIter(),
                    Math.min(chunks + 1, steps.slots().chunks()),
                    steps.slots().chunks(),
                    results.isEmpty() ? "" : ", after " + results.get(results.size() - 1)));
  }

  /** Writes a checkpoint and goes on from it, which cuts the lineage. */
  private S saved(S state, List<EpochResult> results) {
    save(state, results.size());
    control.checkpoints().complete(results.size(), results);
    shuffles.keepNone();
    return restored(results.size());
  }

  /** Through a shuffle, so that no task holds a part both as its source and as its receiver. */
  final JavaRDD<byte[]> shipped(PairFlatMapFunction<Integer, Integer, byte[]> ship) {
    return shuffles.used(
        spark
            .parallelize(
                IntStream.range(0, steps.parts().count()).boxed().toList(), steps.parts().count())
            .flatMapToPair(ship)
            .partitionBy(new HashPartitioner(steps.parts().count())));
  }

  /** The sequences of a chunk, a slice per partition. */
  final JavaRDD<Sequence> chunk(int chunk) {
    return partitions(slots, chunk * steps.slots().slices(), steps.slots().slices());
  }

  static <T> JavaRDD<T> partitions(JavaRDD<T> rdd, int from, int count) {
    return new PartitionRange(from, from + count).of(rdd);
  }

  final JavaSparkContext spark() {
    return spark;
  }

  final JavaRDD<Sequence> slots() {
    return slots;
  }

  final ShuffleFiles shuffles() {
    return shuffles;
  }

  final WarmStart warmStart() {
    return warmStart;
  }

  final TrainingControl control() {
    return control;
  }

  /** Removes the checkpoints, when the vectors are safe elsewhere. */
  public void deleteCheckpoints() {
    if (control.checkpoints() != null) {
      control.checkpoints().deleteAll();
    }
  }

  @Override
  public void close() {
    spark.sc().setJobDescription(null);
    slots.unpersist();
    shuffles.keepNone();
  }
}
