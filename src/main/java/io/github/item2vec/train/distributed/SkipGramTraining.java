package io.github.item2vec.train.distributed;

import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.FloatRows;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.window.WindowSteps;
import java.util.function.IntConsumer;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Skip-gram by one task a block: P tasks train the P blocks of a round, and Spark's shuffle hands
 * the output rows on to the next. A task holds the rows of one part of each side. Same bytes as in
 * one task with the same slots. Driver only.
 *
 * <p>Cost: one shuffle of the sequences; in each chunk of an epoch one shuffle of its windows and P
 * of all vectors, in one Spark job. Files of a chunk's shuffles are removed when it is done.
 */
public final class SkipGramTraining extends DistributedTraining<JavaRDD<byte[]>> {
  private final WindowSteps training;
  private final Broadcast<WindowSteps> model;

  /**
   * @param sequences in any order and partitions
   */
  public SkipGramTraining(
      JavaSparkContext spark,
      WindowSteps training,
      TrainingControl control,
      WarmStart warmStart,
      long[] counts,
      JavaRDD<Sequence> sequences) {
    super(spark, training, control, warmStart, counts, sequences);
    this.training = training;
    this.model = spark.broadcast(training);
  }

  @Override
  JavaRDD<byte[]> initial() {
    Broadcast<WindowSteps> shared = model;
    WarmStart start = warmStart();
    return shipped(
        part -> {
          WindowSteps known = shared.value();
          return PartState.initial(known.settings(), known.parts(), part, start).ship(part, part);
        });
  }

  @Override
  JavaRDD<byte[]> trainEpoch(
      JavaRDD<byte[]> before, int epoch, EpochLoss loss, IntConsumer chunksDone) {
    JavaRDD<byte[]> state = before;
    for (int chunk = 0; chunk < training.slots().chunks(); chunk++) {
      state = trainChunk(state, epoch, chunk, loss);
      chunksDone.accept(chunk + 1);
    }
    return state;
  }

  private JavaRDD<byte[]> trainChunk(JavaRDD<byte[]> before, int epoch, int chunk, EpochLoss loss) {
    int parts = training.parts().count();
    JavaRDD<byte[]> windows =
        shuffles()
            .used(
                JavaPairRDD.fromJavaRDD(
                        chunk(chunk).mapPartitionsWithIndex(new LayWindowsFn(model, epoch), false))
                    .partitionBy(new HashPartitioner(parts * parts)));
    JavaRDD<byte[]> state = before;
    for (int round = 0; round < parts; round++) {
      state =
          shuffles()
              .used(
                  JavaPairRDD.fromJavaRDD(
                          state.zipPartitions(
                              partitions(windows, round * parts, parts),
                              new TrainBlockFn(model, epoch, chunk, round)))
                      .partitionBy(new HashPartitioner(parts)));
    }
    loss.add(state.filter(shipment -> Shipment.kind(shipment) == Shipment.LOSS).collect());
    shuffles().keepLast(1);
    return state;
  }

  @Override
  void save(JavaRDD<byte[]> state, int epochs) {
    CheckpointDirectory checkpoints = control().checkpoints();
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
  }

  @Override
  JavaRDD<byte[]> restored(int epochs) {
    CheckpointDirectory checkpoints = control().checkpoints();
    Broadcast<WindowSteps> shared = model;
    return shipped(
        part -> {
          WindowSteps known = shared.value();
          PartState state =
              PartState.initial(known.settings(), known.parts(), part, WarmStart.none());
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

  @Override
  JavaRDD<Row> rows(JavaRDD<byte[]> state) {
    return state.mapPartitions(new VectorRowsFn(model));
  }
}
