package io.github.item2vec.train.distributed;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.history.HistoryJudge;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The one judge of a training: has the sequences whose tails were hidden, asks for the rows that it
 * needs as a slice does. Runs in tasks.
 */
final class JudgeFn
    implements FlatMapFunction2<Iterator<Sequence>, Iterator<byte[]>, HistoryJudge> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BasketSteps> model;

  JudgeFn(Broadcast<BasketSteps> model) {
    this.model = model;
  }

  /** The rows that are needed, to the partition of their part. */
  Iterator<Tuple2<Integer, byte[]>> needs(Iterator<Sequence> chosen) {
    int[] items = judge(chosen).items();
    return SliceFn.needs(model.value().parts(), 0, items, items);
  }

  private HistoryJudge judge(Iterator<Sequence> chosen) {
    List<Sequence> sorted = new ArrayList<>();
    chosen.forEachRemaining(sorted::add);
    sorted.sort(null);
    BasketSteps known = model.value();
    int padded = RowMath.padded(known.settings().vectorSize());
    return new HistoryJudge(sorted, known.parts().items(), padded, known.settings().seed());
  }

  @Override
  public Iterator<HistoryJudge> call(Iterator<Sequence> chosen, Iterator<byte[]> shipments) {
    HistoryJudge judge = judge(chosen);
    int[] items = judge.items();
    float[][] input = new float[items.length][];
    float[][] output = new float[items.length][];
    SliceFn.take(model.value(), shipments, items, input, items, output);
    return List.of(judge.with(input, output)).iterator();
  }
}
