package io.github.item2vec.train.distributed;

import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.window.WindowSteps;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Both sides of one part to rows of {@link ModelVectors#SCHEMA}. Runs in tasks. */
final class VectorRowsFn implements FlatMapFunction<Iterator<byte[]>, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<WindowSteps> model;

  VectorRowsFn(Broadcast<WindowSteps> model) {
    this.model = model;
  }

  @Override
  public Iterator<Row> call(Iterator<byte[]> shipments) {
    Parts parts = model.value().parts();
    int columns = model.value().settings().vectorSize();
    PartState state = PartState.of(model.value().settings(), parts, shipments);
    return rows(parts, state.inputPart(), state.input(), state.output(), columns);
  }

  /** A row (index, input, output) per item of a part. */
  static Iterator<Row> rows(Parts parts, int part, float[][] input, float[][] output, int columns) {
    return IntStream.range(0, input.length)
        .mapToObj(
            row ->
                RowFactory.create(
                    parts.item(part, row),
                    Arrays.copyOf(input[row], columns),
                    Arrays.copyOf(output[row], columns)))
        .iterator();
  }
}
