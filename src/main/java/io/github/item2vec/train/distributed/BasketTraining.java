package io.github.item2vec.train.distributed;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.basket.PartVectors;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.HiddenTails;
import io.github.item2vec.train.history.HistoryJudge;
import io.github.item2vec.train.history.PairSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The basket model by tasks. A chunk of baskets takes one step of Adam: P tasks, each with the rows
 * and moments of one part, send the rows that the chunk's slices touch; one task per slice sends
 * back the gradients by these. So a task holds one part, or the rows of one slice. Same bytes for
 * any number of parts. Driver only.
 *
 * <p>Cost: one shuffle of the sequences; per chunk three shuffles (which rows are needed; the rows,
 * and all parts with their moments; the gradients). Chunks are chained in one Spark job while their
 * files are less than {@value #MOST_FILES} bytes; files of a job are removed when it is done.
 */
public final class BasketTraining extends DistributedTraining<BasketTraining.Pending> {
  /** Of the parts, written once per chunk, that lie on the disks of the executors at once. */
  private static final long MOST_FILES = 2L << 30;

  private static final int MOST_CHAINED = 16;

  /** Rows and moments of a part: what a task holds of them. */
  private static final long MOST_OF_PART = 256L << 20;

  private final BasketSteps training;
  private final Broadcast<BasketSteps> model;
  private final HiddenTails tails;
  private final BasketCensus census;
  private final long[] counts;

  /** Null before it is measured. */
  private Fitted fitted;

  /**
   * Parts, and what they will do before anything else.
   *
   * @param state a part per partition, from 0 on
   * @param gradients by part
   * @param stepSize of the step to be taken with them; 0 for none
   */
  record Pending(JavaRDD<byte[]> state, JavaRDD<byte[]> gradients, float stepSize, int epoch) {}

  /**
   * @param sequences in any order and partitions
   */
  public BasketTraining(
      JavaSparkContext spark,
      BasketSteps training,
      TrainingControl control,
      WarmStart warmStart,
      long[] counts,
      JavaRDD<Sequence> sequences) {
    super(spark, training, control, warmStart, counts, sequences);
    this.training = training;
    this.counts = counts;
    this.model = spark.broadcast(training);
    this.census = BasketCensus.of(slots(), training);
    this.tails = census.tails();
  }

  /** numPartitions parts, more where these would be too large for a task. */
  public static Parts parts(TrainingSettings settings, int items) {
    long needed = (bytes(settings, items) + MOST_OF_PART - 1) / MOST_OF_PART;
    return new Parts((int) Math.min(items, Math.max(settings.numPartitions(), needed)), items);
  }

  /** Of both sides and their moments. */
  public static long bytes(TrainingSettings settings, int items) {
    long row = (long) RowMath.padded(settings.vectorSize()) * Float.BYTES;
    return PartShipments.MATRICES * row * items;
  }

  @Override
  Pending initial() {
    Broadcast<BasketSteps> shared = model;
    WarmStart start = warmStart();
    return standing(
        shipped(
            part -> {
              PartVectors vectors = shared.value().initial(part);
              start.apply(shared.value().parts(), part, vectors.input(), vectors.output());
              return PartShipments.of(vectors, shared.value().settings().vectorSize());
            }));
  }

  private Pending standing(JavaRDD<byte[]> state) {
    int parts = training.parts().count();
    JavaRDD<byte[]> none =
        spark().parallelize(Collections.nCopies(parts, 0), parts).flatMap(i -> noShipments());
    return new Pending(state, none, 0, 0);
  }

  private static Iterator<byte[]> noShipments() {
    return Collections.emptyIterator();
  }

  @Override
  Pending trainEpoch(Pending before, int epoch, EpochLoss loss, IntConsumer chunksDone) {
    boolean joins = tails.measurable() && epoch > 0 && epoch == tails.joinEpoch();
    Pending state = joins ? measured(before) : before;
    int chunks = training.slots().chunks();
    List<JavaRDD<byte[]>> losses = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      if (census.baskets(epoch, chunk) > 0) {
        state = trainChunk(state, epoch, chunk, losses);
      }
      if (losses.size() >= chained() || (chunk == chunks - 1 && !losses.isEmpty())) {
        loss.add(losses.stream().reduce(JavaRDD::union).orElseThrow().collect());
        losses.clear();
        shuffles().keepLast(2);
      }
      chunksDone.accept(chunk + 1);
    }
    return state;
  }

  private long chained() {
    long bytes = bytes(training.settings(), training.parts().items());
    return Math.max(1, Math.min(MOST_CHAINED, MOST_FILES / bytes));
  }

  /** Two stages: the parts move and send rows; the slices send gradients. */
  private Pending trainChunk(Pending before, int epoch, int chunk, List<JavaRDD<byte[]>> losses) {
    int parts = training.parts().count();
    int slices = training.slots().slices();
    SliceFn gradients = new SliceFn(model, tails, epoch, chunk, census.baskets(epoch, chunk));
    JavaRDD<byte[]> needs = toParts(chunk(chunk).mapPartitionsWithIndex(gradients::needs, false));
    JavaRDD<byte[]> moved = moved(before, needs, parts + slices);
    JavaRDD<byte[]> rows = partitions(moved, parts, slices);
    JavaRDD<byte[]> sent =
        shuffles()
            .used(
                JavaPairRDD.fromJavaRDD(chunk(chunk).zipPartitions(rows, gradients))
                    .repartitionAndSortWithinPartitions(new ByOrder(parts + 1)));
    losses.add(partitions(sent, parts, 1));
    return new Pending(
        partitions(moved, 0, parts),
        partitions(sent, 0, parts),
        training.stepSize(epoch, chunk, census.baskets(epoch, chunk)),
        epoch);
  }

  private JavaRDD<byte[]> toParts(JavaRDD<Tuple2<Integer, byte[]>> needs) {
    return shuffles()
        .used(
            JavaPairRDD.fromJavaRDD(needs)
                .partitionBy(new HashPartitioner(training.parts().count())));
  }

  /** Measures on the tails, which no epoch but that of a training of one has seen. */
  private Pending measured(Pending before) {
    int parts = training.parts().count();
    HiddenTails hidden = tails;
    JavaRDD<Sequence> chosen =
        shuffles()
            .used(
                slots()
                    .mapPartitions(hidden::chosen)
                    .mapToPair(sequence -> new Tuple2<>(0, sequence))
                    .partitionBy(new HashPartitioner(1)));
    JudgeFn judge = new JudgeFn(model);
    JavaRDD<byte[]> moved = moved(before, toParts(chosen.mapPartitions(judge::needs)), parts + 1);
    JavaRDD<byte[]> state = partitions(moved, 0, parts);
    JavaRDD<HistoryJudge> one = chosen.zipPartitions(partitions(moved, parts, 1), judge);
    fitted =
        new HistoryMeasurement(shuffles(), model, state, one)
            .fitted(tables(slots().mapPartitions(s -> Arrays.asList(hidden.early(s)).iterator())))
            .rounded();
    return standing(state);
  }

  private JavaRDD<byte[]> moved(Pending before, JavaRDD<byte[]> needs, int partitions) {
    JavaRDD<byte[]> news =
        before
            .gradients()
            .zipPartitions(needs, (gradients, needed) -> PartFn.both(gradients, needed));
    PartFn step = new PartFn(model, before.stepSize(), before.epoch());
    return shuffles()
        .used(
            JavaPairRDD.fromJavaRDD(before.state().zipPartitions(news, step))
                .partitionBy(new HashPartitioner(partitions)));
  }

  /** The parts when nothing is pending any more. */
  private JavaRDD<PartVectors> finished(Pending state) {
    Broadcast<BasketSteps> shared = model;
    float stepSize = state.stepSize();
    int epoch = state.epoch();
    return state
        .state()
        .zipPartitions(
            state.gradients(),
            (shipments, gradients) ->
                List.of(
                        PartFn.moved(
                            shared.value(),
                            shipments,
                            gradients,
                            new ArrayList<>(),
                            stepSize,
                            epoch))
                    .iterator());
  }

  private BasketCheckpoint checkpoint(int epochs) {
    return new BasketCheckpoint(
        control().checkpoints(),
        epochs,
        training.settings().vectorSize(),
        training.parts().count());
  }

  @Override
  void save(Pending state, int epochs) {
    BasketCheckpoint checkpoint = checkpoint(epochs);
    finished(state).foreach(checkpoint::write);
    checkpoint.writeFitted(fitted);
  }

  @Override
  Pending restored(int epochs) {
    BasketCheckpoint checkpoint = checkpoint(epochs);
    Broadcast<BasketSteps> shared = model;
    fitted = checkpoint.readFitted();
    return standing(
        shipped(
            part ->
                PartShipments.of(
                    checkpoint.read(PartVectors.zeros(shared.value(), part)),
                    checkpoint.columns())));
  }

  @Override
  public ProfileRule rule() {
    ItemTable none = ItemTable.empty(counts.length);
    return (fitted == null ? Fitted.none() : fitted).rule(none, none);
  }

  /** What one task would count, to the last bit; nothing where nothing was measured. */
  @Override
  public Optional<JavaRDD<Row>> tables() {
    if (fitted == null) {
      return Optional.empty();
    }
    HiddenTails hidden = tails;
    return Optional.of(
        tables(slots().mapPartitions(s -> Arrays.asList(hidden.whole(s)).iterator()))
            .rows(fitted, census.baskets()));
  }

  private RuleTables tables(JavaRDD<int[]> baskets) {
    return new RuleTables(
        spark(), shuffles(), baskets, counts, training.parts().count(), PairSample.MOST_PAIRS);
  }

  @Override
  JavaRDD<Row> rows(Pending last) {
    Pending state = tails.measurable() && fitted == null ? measured(last) : last;
    Broadcast<BasketSteps> shared = model;
    int columns = training.settings().vectorSize();
    return finished(state)
        .flatMap(
            part ->
                VectorRowsFn.rows(
                    shared.value().parts(), part.part(), part.input(), part.output(), columns));
  }
}
