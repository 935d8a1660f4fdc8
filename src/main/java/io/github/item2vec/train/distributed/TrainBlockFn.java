package io.github.item2vec.train.distributed;

import io.github.item2vec.math.IntList;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.window.WindowGroups;
import io.github.item2vec.train.window.WindowSteps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One block of a distributed training: a part's input rows, another's output rows and the windows
 * between them come in, the trained rows go out, each to the partition that trains it next. Runs in
 * tasks.
 */
final class TrainBlockFn
    implements FlatMapFunction2<Iterator<byte[]>, Iterator<byte[]>, Tuple2<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<WindowSteps> model;
  private final int epoch;
  private final int chunk;
  private final int round;

  TrainBlockFn(Broadcast<WindowSteps> model, int epoch, int chunk, int round) {
    this.model = model;
    this.epoch = epoch;
    this.chunk = chunk;
    this.round = round;
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(
      Iterator<byte[]> shipments, Iterator<byte[]> windows) {
    WindowSteps training = model.value();
    Parts parts = training.parts();
    PartState state = PartState.of(training.settings(), parts, shipments);
    if (round == 0) {
      state.losses().clear();
    }
    Map<Integer, IntList> slices = slices(windows);
    double loss =
        training.trainBlock(
            new WindowSteps.BlockId(epoch, chunk, state.inputPart(), state.outputPart()),
            state.input(),
            state.output(),
            slices.values());
    double stepSize = training.stepSize(epoch, 1);
    EpochTrainer.requireFinite(state.input(), epoch, stepSize);
    EpochTrainer.requireFinite(state.output(), epoch, stepSize);
    long pairs = slices.values().stream().mapToLong(WindowGroups::pairs).sum();
    state.add(Shipment.loss(round, state.inputPart(), loss, (double) pairs));
    int next = Math.floorMod(state.inputPart() - 1, parts.count());
    return state.ship(state.inputPart(), next);
  }

  /** The windows by slice, their pieces put together in order. */
  private static SortedMap<Integer, IntList> slices(Iterator<byte[]> shipments) {
    List<byte[]> pieces = new ArrayList<>();
    shipments.forEachRemaining(pieces::add);
    pieces.sort(Shipment::compare);
    SortedMap<Integer, IntList> slices = new TreeMap<>();
    for (byte[] piece : pieces) {
      slices
          .computeIfAbsent(Shipment.first(piece), slice -> new IntList())
          .addAll(Shipment.windows(piece));
    }
    return slices;
  }
}
