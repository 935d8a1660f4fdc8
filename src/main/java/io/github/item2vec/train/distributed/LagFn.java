package io.github.item2vec.train.distributed;

import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.history.Lags;
import io.github.item2vec.train.history.SampledLags;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Measures lags on the sequences whose tails were hidden: one task has them all, asks for the rows
 * that it needs as a slice does, and fits. Runs in tasks.
 */
final class LagFn implements FlatMapFunction2<Iterator<Sequence>, Iterator<byte[]>, Lags> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BasketSteps> model;

  LagFn(Broadcast<BasketSteps> model) {
    this.model = model;
  }

  /** The rows that are needed, to the partition of their part. */
  Iterator<Tuple2<Integer, byte[]>> needs(Iterator<Sequence> chosen) {
    int[] items = lags(chosen).items();
    return SliceFn.needs(model.value().parts(), 0, items, items);
  }

  private SampledLags lags(Iterator<Sequence> chosen) {
    List<Sequence> sorted = new ArrayList<>();
    chosen.forEachRemaining(sorted::add);
    sorted.sort(null);
    return new SampledLags(sorted, model.value().parts().items(), model.value().settings().seed());
  }

  @Override
  public Iterator<Lags> call(Iterator<Sequence> chosen, Iterator<byte[]> shipments) {
    BasketSteps known = model.value();
    SampledLags lags = lags(chosen);
    float[][] input = new float[lags.items().length][];
    float[][] output = new float[lags.items().length][];
    SliceFn.take(known, shipments, lags.items(), input, lags.items(), output);
    try (Workers one = new Workers(1)) {
      return List.of(lags.fit(input, output, one)).iterator();
    }
  }
}
