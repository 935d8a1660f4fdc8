package io.github.item2vec.train.distributed;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.epoch.InitialVectors;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.TrainingSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * What a task of a distributed training holds between two shuffles: the input rows of one part, the
 * output rows of one, and the losses of the chunk so far. O(items / P) vectors.
 */
final class PartState {
  private final Parts parts;
  private final int columns;
  private final List<byte[]> losses = new ArrayList<>();
  private int inputPart = -1;
  private int outputPart = -1;
  private float[][] input;
  private float[][] output;

  private PartState(Parts parts, int columns) {
    this.parts = parts;
    this.columns = columns;
  }

  /** Both sides of one part before the first epoch. */
  static PartState initial(TrainingSettings settings, Parts parts, int part, WarmStart warmStart) {
    PartState state = new PartState(parts, settings.vectorSize());
    state.take(Shipment.INPUT, part);
    state.take(Shipment.OUTPUT, part);
    InitialVectors.fillInput(parts, part, settings, state.input);
    warmStart.apply(parts, part, state.input, state.output);
    return state;
  }

  /** From the shipments of one partition, in any order. */
  static PartState of(TrainingSettings settings, Parts parts, Iterator<byte[]> shipments) {
    PartState state = new PartState(parts, settings.vectorSize());
    shipments.forEachRemaining(state::receive);
    return state;
  }

  private void receive(byte[] shipment) {
    byte kind = Shipment.kind(shipment);
    if (kind == Shipment.LOSS) {
      losses.add(shipment);
    } else {
      take(kind, Shipment.first(shipment));
      Shipment.readRows(shipment, columns, kind == Shipment.INPUT ? input : output);
    }
  }

  private void take(byte kind, int part) {
    if (kind == Shipment.INPUT && inputPart != part) {
      inputPart = part;
      input = new float[parts.rows(part)][RowMath.padded(columns)];
    } else if (kind == Shipment.OUTPUT && outputPart != part) {
      outputPart = part;
      output = new float[parts.rows(part)][RowMath.padded(columns)];
    }
  }

  int inputPart() {
    return inputPart;
  }

  int outputPart() {
    return outputPart;
  }

  float[][] input() {
    return input;
  }

  float[][] output() {
    return output;
  }

  List<byte[]> losses() {
    return losses;
  }

  void add(byte[] loss) {
    losses.add(loss);
  }

  /** Everything, made as it is asked for, with the partition that each piece goes to. */
  Iterator<Tuple2<Integer, byte[]>> ship(int inputTo, int outputTo) {
    Stream<Tuple2<Integer, byte[]>> inputs =
        pieces(input.length)
            .mapToObj(
                row -> to(inputTo, Shipment.rows(Shipment.INPUT, inputPart, row, input, columns)));
    Stream<Tuple2<Integer, byte[]>> outputs =
        pieces(output.length)
            .mapToObj(
                row ->
                    to(outputTo, Shipment.rows(Shipment.OUTPUT, outputPart, row, output, columns)));
    return Stream.of(inputs, outputs, losses.stream().map(loss -> to(inputTo, loss)))
        .flatMap(stream -> stream)
        .iterator();
  }

  private IntStream pieces(int rows) {
    int step = Shipment.rowsOfPiece(columns);
    return IntStream.iterate(0, row -> row < rows, row -> row + step);
  }

  private static Tuple2<Integer, byte[]> to(int partition, byte[] shipment) {
    return new Tuple2<>(partition, shipment);
  }
}
