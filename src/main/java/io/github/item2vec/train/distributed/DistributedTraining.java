package io.github.item2vec.train.distributed;

import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.Fingerprint;
import io.github.item2vec.train.checkpoint.FloatRows;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.progress.ProgressReport;
import io.github.item2vec.train.window.Slots;
import io.github.item2vec.train.window.WindowSteps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Skip-gram by one task a block: P tasks train the P blocks of a round, and Spark's shuffle hands
 * the output rows on to the next. A task holds the rows of one part of each side; no vectors come
 * to the driver. Same bytes as in one task with the same slots. Driver only.
 *
 * <p>Cost: one shuffle of the sequences; in each chunk of an epoch one shuffle of its windows and P
 * of all vectors, in one Spark job. Files of a chunk's shuffles are removed when it is done.
 */
public final class DistributedTraining implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Broadcast<WindowSteps> model;
  private final WindowSteps training;
  private final TrainingControl control;
  private final WarmStart warmStart;
  private final JavaRDD<Sequence> slots;
  private final ShuffleFiles shuffles;

  /**
   * @param sequences in any order and partitions
   */
  public DistributedTraining(
      JavaSparkContext spark,
      WindowSteps training,
      TrainingControl control,
      WarmStart warmStart,
      long[] counts,
      JavaRDD<Sequence> sequences) {
    this.spark = spark;
    this.training = training;
    this.model = spark.broadcast(training);
    this.warmStart = warmStart;
    this.shuffles = new ShuffleFiles(spark);
    Slots layout = training.slots();
    this.slots =
        sequences
            .mapToPair(sequence -> new Tuple2<>(layout.slot(sequence.hash()), sequence))
            .partitionBy(new HashPartitioner(layout.count()))
            .values()
            .mapPartitions(DistributedTraining::sorted)
            .persist(StorageLevel.DISK_ONLY());
    long data = slots.map(Fingerprint::of).fold(0L, Long::sum);
    this.control =
        control.of(Fingerprint.of(training.settings(), control, counts, warmStart).with(data));
  }

  private static Iterator<Sequence> sorted(Iterator<Sequence> sequences) {
    List<Sequence> all = new ArrayList<>();
    sequences.forEachRemaining(all::add);
    all.sort(null);
    return all.iterator();
  }

  /** All epochs, told to {@code progress}; leaves both sides of part i in partition i. */
  public JavaRDD<byte[]> train(
      List<EpochResult> results, ProgressReport progress, long itemsPerEpoch) {
    OptionalInt done = control.checkpoints() == null ? OptionalInt.empty() : newest();
    JavaRDD<byte[]> state = done.isPresent() ? restored(done.getAsInt()) : initial();
    if (done.isPresent()) {
      results.addAll(control.checkpoints().results(done.getAsInt()));
    }
    int chunks = training.slots().chunks();
    for (int epoch = results.size(); epoch < training.settings().maxIter(); epoch++) {
      long start = System.nanoTime();
      EpochLoss loss = new EpochLoss();
      for (int chunk = 0; chunk < chunks; chunk++) {
        describe(epoch, chunk, results);
        state = trainChunk(state, epoch, chunk, loss);
        progress.trained((long) ((epoch + (chunk + 1.0) / chunks) * itemsPerEpoch), results);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      results.add(new EpochResult(epoch + 1, loss.mean(), Double.NaN, seconds));
      progress.trained((epoch + 1) * itemsPerEpoch, results);
      if (control.saves(results.size()) && results.size() < training.settings().maxIter()) {
        state = saved(state, results);
      }
    }
    return state;
  }

  private void describe(int epoch, int chunk, List<EpochResult> results) {
    spark
        .sc()
        .setJobDescription(
            "item2vec: epoch %d of %d, chunk %d of %d%s"
                .formatted(
                    epoch + 1,
                    training.settings().maxIter(),
                    chunk + 1,
                    training.slots().chunks(),
                    results.isEmpty() ? "" : ", after " + results.get(results.size() - 1)));
  }

  private OptionalInt newest() {
    return control.checkpoints().newest();
  }

  private JavaRDD<Integer> partNumbers() {
    int parts = training.parts().count();
    return spark.parallelize(IntStream.range(0, parts).boxed().toList(), parts);
  }

  private JavaRDD<byte[]> initial() {
    Broadcast<WindowSteps> shared = model;
    WarmStart start = warmStart;
    return shipped(
        part -> {
          WindowSteps known = shared.value();
          return PartState.initial(known.settings(), known.parts(), part, start).ship(part, part);
        });
  }

  /** Through a shuffle, so that no task holds a part both as its source and as its receiver. */
  private JavaRDD<byte[]> shipped(PairFlatMapFunction<Integer, Integer, byte[]> parts) {
    return shuffles.used(
        partNumbers()
            .flatMapToPair(parts)
            .partitionBy(new HashPartitioner(training.parts().count())));
  }

  private JavaRDD<byte[]> trainChunk(JavaRDD<byte[]> before, int epoch, int chunk, EpochLoss loss) {
    Slots layout = training.slots();
    int parts = training.parts().count();
    JavaRDD<byte[]> windows =
        shuffles.used(
            JavaPairRDD.fromJavaRDD(
                    partitions(slots, chunk * layout.slices(), layout.slices())
                        .mapPartitionsWithIndex(new LayWindowsFn(model, epoch), false))
                .partitionBy(new HashPartitioner(parts * parts)));
    JavaRDD<byte[]> state = before;
    for (int round = 0; round < parts; round++) {
      state =
          shuffles.used(
              JavaPairRDD.fromJavaRDD(
                      state.zipPartitions(
                          partitions(windows, round * parts, parts),
                          new TrainBlockFn(model, epoch, chunk, round)))
                  .partitionBy(new HashPartitioner(parts)));
    }
    loss.add(state.filter(shipment -> Shipment.kind(shipment) == Shipment.LOSS).collect());
    shuffles.keepLast();
    return state;
  }

  private static <T> JavaRDD<T> partitions(JavaRDD<T> rdd, int from, int count) {
    return new PartitionRange(from, from + count).of(rdd);
  }

  /** Writes a checkpoint and goes on from it, which cuts the lineage. */
  private JavaRDD<byte[]> saved(JavaRDD<byte[]> state, List<EpochResult> results) {
    int epochs = results.size();
    CheckpointDirectory checkpoints = control.checkpoints();
    Broadcast<WindowSteps> shared = model;
    state.foreachPartition(
        shipments -> {
          WindowSteps known = shared.value();
          PartState part = PartState.of(known.settings(), known.parts(), shipments);
          int columns = known.settings().vectorSize();
          checkpoints.writePart(
              epochs,
              part.inputPart(),
              out -> {
                FloatRows.write(part.input(), columns, out);
                FloatRows.write(part.output(), columns, out);
              });
        });
    checkpoints.complete(epochs, results);
    shuffles.keepNone();
    return restored(epochs);
  }

  private JavaRDD<byte[]> restored(int epochs) {
    CheckpointDirectory checkpoints = control.checkpoints();
    Broadcast<WindowSteps> shared = model;
    WarmStart start = WarmStart.none();
    return shipped(
        part -> {
          WindowSteps known = shared.value();
          PartState state = PartState.initial(known.settings(), known.parts(), part, start);
          int columns = known.settings().vectorSize();
          checkpoints.readPart(
              epochs,
              part,
              in -> {
                FloatRows.read(in, columns, state.input());
                FloatRows.read(in, columns, state.output());
                return state;
              });
          return state.ship(part, part);
        });
  }

  /** Removes the checkpoints, when the vectors are safe elsewhere. */
  public void deleteCheckpoints() {
    if (control.checkpoints() != null) {
      control.checkpoints().deleteAll();
    }
  }

  public Broadcast<WindowSteps> model() {
    return model;
  }

  @Override
  public void close() {
    spark.sc().setJobDescription(null);
    slots.unpersist();
    shuffles.keepNone();
  }
}
