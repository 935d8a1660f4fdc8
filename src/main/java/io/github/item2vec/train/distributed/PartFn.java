package io.github.item2vec.train.distributed;

import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.basket.PartVectors;
import io.github.item2vec.train.epoch.EpochTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One part of the basket model: takes a step with the gradients of the chunk before, then sends
 * itself on, and to the slices of the next chunk the rows that they need. Slice s is partition P +
 * s. Runs in tasks.
 */
final class PartFn
    implements FlatMapFunction2<Iterator<byte[]>, Iterator<byte[]>, Tuple2<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BasketSteps> model;
  private final float stepSize;
  private final int epoch;

  /**
   * @param stepSize 0 for no step
   */
  PartFn(Broadcast<BasketSteps> model, float stepSize, int epoch) {
    this.model = model;
    this.stepSize = stepSize;
    this.epoch = epoch;
  }

  /** Gradients, then needs. */
  static Iterator<byte[]> both(Iterator<byte[]> gradients, Iterator<byte[]> needs) {
    return Stream.concat(stream(gradients), stream(needs)).iterator();
  }

  private static <T> Stream<T> stream(Iterator<T> shipments) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(shipments, Spliterator.ORDERED), false);
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Iterator<byte[]> state, Iterator<byte[]> news) {
    BasketSteps known = model.value();
    int columns = known.settings().vectorSize();
    List<byte[]> needs = new ArrayList<>();
    PartVectors part = moved(known, state, news, needs, stepSize, epoch);
    Stream<Tuple2<Integer, byte[]>> rows =
        needs.stream().flatMap(need -> answer(known, part, need));
    return Stream.concat(stream(PartShipments.of(part, columns)), rows).iterator();
  }

  /**
   * The part after a step.
   *
   * @param news gradients in the order of the slices, and needs
   * @param needs takes the needs among them
   */
  static PartVectors moved(
      BasketSteps model,
      Iterator<byte[]> state,
      Iterator<byte[]> news,
      List<byte[]> needs,
      float stepSize,
      int epoch) {
    int columns = model.settings().vectorSize();
    PartVectors part = PartShipments.read(model, state);
    while (news.hasNext()) {
      byte[] shipment = news.next();
      if (Shipment.isNeed(shipment)) {
        needs.add(shipment);
      } else {
        add(shipment, columns, part);
      }
    }
    if (stepSize > 0) {
      part.step(stepSize, model.movesAll());
      double learningRate = model.settings().stepSize((epoch + 1.0) / model.settings().maxIter());
      EpochTrainer.requireFinite(part.input(), epoch, learningRate);
      EpochTrainer.requireFinite(part.output(), epoch, learningRate);
    }
    return part;
  }

  private static void add(byte[] gradients, int columns, PartVectors part) {
    SomeRows some = SomeRows.read(columns, Shipment.body(gradients));
    boolean input = Shipment.kind(gradients) == Shipment.SOME_INPUT;
    for (int i = 0; i < some.rows().length; i++) {
      if (input) {
        part.addInput(some.rows()[i], some.vectors()[i]);
      } else {
        part.addOutput(some.rows()[i], some.vectors()[i]);
      }
    }
  }

  private static Stream<Tuple2<Integer, byte[]>> answer(
      BasketSteps model, PartVectors part, byte[] need) {
    int columns = model.settings().vectorSize();
    int slice = Shipment.first(need);
    boolean input = Shipment.kind(need) == Shipment.NEED_INPUT;
    float[][] side = input ? part.input() : part.output();
    int[] rows = SomeRows.read(columns, Shipment.body(need)).rows();
    int step = SomeRows.ofPiece(columns);
    return IntStream.iterate(0, from -> from < rows.length, from -> from + step)
        .mapToObj(from -> Arrays.copyOfRange(rows, from, Math.min(rows.length, from + step)))
        .map(
            some ->
                new Tuple2<>(
                    model.parts().count() + slice,
                    Shipment.some(
                        input ? Shipment.SOME_INPUT : Shipment.SOME_OUTPUT,
                        slice,
                        part.part(),
                        new SomeRows(
                            some,
                            Arrays.stream(some).mapToObj(r -> side[r]).toArray(float[][]::new)),
                        columns)));
  }
}
