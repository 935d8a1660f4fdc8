package io.github.item2vec.train.distributed;

import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.Greatest;
import io.github.item2vec.train.history.Halves;
import io.github.item2vec.train.history.HistoryJudge;
import io.github.item2vec.train.history.Lags;
import io.github.item2vec.train.history.RankCounts;
import io.github.item2vec.train.history.RankQuery;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Measures on the hidden tails what order says: a judge fits and decides in one task, the tasks of
 * all parts rank their items for it. What is decided comes to the driver, no vectors and no
 * histories. Driver only.
 *
 * <p>Cost: three jobs, or five when lags are likely to help; a shuffle of the judge's queries to
 * all parts (some MB each) and one of counts, per ranking.
 */
final class HistoryMeasurement {
  private final ShuffleFiles shuffles;
  private final Broadcast<BasketSteps> model;
  private final JavaRDD<byte[]> state;
  private final JavaRDD<HistoryJudge> judge;

  /**
   * @param state a part per partition
   * @param judge one
   */
  HistoryMeasurement(
      ShuffleFiles shuffles,
      Broadcast<BasketSteps> model,
      JavaRDD<byte[]> state,
      JavaRDD<HistoryJudge> judge) {
    this.shuffles = shuffles;
    this.model = model;
    this.state = state;
    this.judge = judge;
  }

  /**
   * Fits and chooses.
   *
   * @param early of the baskets without what is hidden
   */
  Fitted fitted(RuleTables early) {
    Lags lags = lags();
    JavaRDD<Tuple2<Integer, Greatest>> rows =
        shuffles.used(
            early
                .transitions(judge.map(HistoryJudge::lastItems).collect().get(0))
                .mapToPair(row -> new Tuple2<>(0, row))
                .partitionBy(new HashPartitioner(1)));
    JavaRDD<HistoryJudge> knowing =
        judge.zipPartitions(rows, (one, some) -> List.of(one.next().with(map(some))).iterator());
    JavaRDD<RankCounts> counts = counts(knowing.flatMap(one -> one.queries(lags).iterator()));
    double factor =
        knowing
            .zipPartitions(counts, (one, some) -> List.of(one.next().factor(lags, some)).iterator())
            .collect()
            .get(0);
    return new Fitted(lags, factor);
  }

  private Lags lags() {
    Halves halves = judge.map(HistoryMeasurement::halves).collect().get(0);
    if (!halves.likely()) {
      return Lags.even(0);
    }
    JavaRDD<RankCounts> counts = counts(judge.flatMap(one -> one.queries(halves).iterator()));
    return judge
        .zipPartitions(counts, (one, some) -> List.of(one.next().lags(halves, some)).iterator())
        .collect()
        .get(0);
  }

  private static Halves halves(HistoryJudge judge) {
    try (Workers one = new Workers(1)) {
      return judge.halves(one);
    }
  }

  private static Map<Integer, Greatest> map(Iterator<Tuple2<Integer, Greatest>> rows) {
    Map<Integer, Greatest> map = new HashMap<>();
    rows.forEachRemaining(row -> map.put(row._1(), row._2()));
    return map;
  }

  /** Those of all parts, in one partition. */
  private JavaRDD<RankCounts> counts(JavaRDD<RankQuery> queries) {
    Parts parts = model.value().parts();
    JavaRDD<RankQuery> dealt =
        shuffles.used(
            queries
                .flatMapToPair(
                    query ->
                        IntStream.range(0, parts.count())
                            .mapToObj(part -> new Tuple2<>(part, query.ofPart(parts, part)))
                            .iterator())
                .partitionBy(new HashPartitioner(parts.count())));
    return shuffles.used(
        JavaPairRDD.fromJavaRDD(state.zipPartitions(dealt, new RankFn(model)))
            .partitionBy(new HashPartitioner(1)));
  }
}
