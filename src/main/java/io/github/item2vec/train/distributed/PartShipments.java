package io.github.item2vec.train.distributed;

import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.basket.PartVectors;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import scala.Tuple2;

/** The rows and moments of a part as shipments to the partition of its number, and back. */
final class PartShipments {
  /** Of a part: input, output, two moments of each. */
  static final int MATRICES = 6;

  private PartShipments() {}

  /** Made as they are asked for. */
  static Iterator<Tuple2<Integer, byte[]>> of(PartVectors vectors, int columns) {
    List<float[][]> state = vectors.state();
    int step = Shipment.rowsOfPiece(columns);
    return IntStream.range(0, MATRICES)
        .boxed()
        .flatMap(
            matrix ->
                IntStream.iterate(0, row -> row < state.get(matrix).length, row -> row + step)
                    .mapToObj(
                        row ->
                            new Tuple2<>(
                                vectors.part(),
                                Shipment.rows(
                                    matrix.byteValue(),
                                    vectors.part(),
                                    row,
                                    state.get(matrix),
                                    columns))))
        .iterator();
  }

  /** The part of one partition, its shipments in any order. */
  static PartVectors read(BasketSteps model, Iterator<byte[]> shipments) {
    int columns = model.settings().vectorSize();
    PartVectors vectors = null;
    while (shipments.hasNext()) {
      byte[] shipment = shipments.next();
      if (vectors == null) {
        vectors = PartVectors.zeros(model, Shipment.first(shipment));
      }
      Shipment.readRows(shipment, columns, vectors.state().get(Shipment.kind(shipment)));
    }
    return vectors;
  }
}
