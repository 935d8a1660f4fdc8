package io.github.item2vec.train.distributed;

import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.Greatest;
import io.github.item2vec.train.history.PairRows;
import io.github.item2vec.train.history.PairRows.PairRow;
import io.github.item2vec.train.history.TransitionWeights;
import io.github.item2vec.train.model.ModelRule;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/**
 * From counts of what follows what and weights of what goes with what, rows of {@link
 * ModelRule#TABLES}, one per item of a task. Runs in tasks.
 */
final class RuleRowsFn
    implements FlatMapFunction2<Iterator<Tuple2<Integer, long[]>>, Iterator<long[]>, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TransitionWeights> weights;
  private final Fitted fitted;
  private final int items;
  private final int tasks;

  /**
   * @param weights null when there are no transitions
   * @param tasks item i is of task i % tasks
   */
  RuleRowsFn(Broadcast<TransitionWeights> weights, Fitted fitted, int items, int tasks) {
    this.weights = weights;
    this.fitted = fitted;
    this.items = items;
    this.tasks = tasks;
  }

  @Override
  public Iterator<Row> call(Iterator<Tuple2<Integer, long[]>> following, Iterator<long[]> near) {
    Tuple2<Integer, long[]> counted = following.next();
    PairRows transitions = new PairRows(counted._2());
    PairRows neighbours = new PairRows(PairFn.sum(near));
    return IntStream.iterate(counted._1(), item -> item < items, item -> item + tasks)
        .mapToObj(item -> row(item, transitions.row(item), neighbours.row(item)))
        .iterator();
  }

  private Row row(int item, PairRow following, PairRow near) {
    Greatest transitions =
        weights == null
            ? new Greatest(new int[0], new float[0])
            : weights.value().row(item, following.columns(), following.counts());
    float[] gains = new float[near.columns().length];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = Float.intBitsToFloat((int) near.counts()[i]);
    }
    return RowFactory.create(
        item,
        transitions.items(),
        times(transitions.values(), fitted.followingFactor()),
        near.columns(),
        times(gains, fitted.nearFactor()));
  }

  /** As {@link io.github.item2vec.recommend.ItemTable#times}. */
  private static float[] times(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (values[i] * factor);
    }
    return scaled;
  }
}
