package io.github.item2vec.train.distributed;

import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.basket.PartVectors;
import io.github.item2vec.train.history.RankCounts;
import io.github.item2vec.train.history.RankQuery;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/** Answers a judge's queries for one part. Runs in tasks. */
final class RankFn
    implements FlatMapFunction2<
        Iterator<byte[]>, Iterator<RankQuery>, Tuple2<Integer, RankCounts>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BasketSteps> model;

  RankFn(Broadcast<BasketSteps> model) {
    this.model = model;
  }

  @Override
  public Iterator<Tuple2<Integer, RankCounts>> call(
      Iterator<byte[]> state, Iterator<RankQuery> queries) {
    BasketSteps known = model.value();
    PartVectors part = PartShipments.read(known, state);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(queries, Spliterator.ORDERED), false)
        .map(query -> RankCounts.of(query, part.output(), known.parts(), part.part()))
        .map(counts -> new Tuple2<>(0, counts))
        .iterator();
  }
}
