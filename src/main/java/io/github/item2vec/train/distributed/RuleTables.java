package io.github.item2vec.train.distributed;

import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.Greatest;
import io.github.item2vec.train.history.Neighbours;
import io.github.item2vec.train.history.PairRows;
import io.github.item2vec.train.history.PairSample;
import io.github.item2vec.train.history.PairTally;
import io.github.item2vec.train.history.TransitionWeights;
import io.github.item2vec.train.model.ModelRule;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The tables of a rule, counted by tasks: to the last bit those that one task counts, as counts are
 * whole numbers. A number per item comes to the driver, no table. Driver only.
 *
 * <p>Cost: a job for the sums of transitions by item, a shuffle of the pairs within three places,
 * added up before they travel; a job for the sample of neighbours, a copy of it, which is bounded,
 * for each task that solves, a shuffle of what these find. A task holds some {@value #PAIRS} pairs.
 */
final class RuleTables {
  /** Of a task, on the average: some 100 MB while they are added up. */
  private static final long PAIRS = 1L << 20;

  private final JavaSparkContext spark;
  private final ShuffleFiles shuffles;
  private final JavaRDD<int[]> baskets;
  private final int items;
  private final int tasks;

  /** Tasks that solve neighbours, each with a copy of the sample. */
  private final int solvers;

  private final long mostPairs;

  /**
   * @param baskets distinct items, oldest first
   * @param counts of each item
   * @param tasks at least
   * @param mostPairs of the sample that neighbours are counted in
   */
  RuleTables(
      JavaSparkContext spark,
      ShuffleFiles shuffles,
      JavaRDD<int[]> baskets,
      long[] counts,
      int tasks,
      long mostPairs) {
    this.spark = spark;
    this.shuffles = shuffles;
    this.baskets = baskets;
    this.mostPairs = mostPairs;
    this.items = counts.length;
    this.solvers = Math.min(items, tasks);
    long following = TransitionWeights.mostPairs() * Arrays.stream(counts).sum();
    long near = (long) Neighbours.mostPerItem() * items;
    long wanted = Math.max(following, near) / PAIRS + 1;
    this.tasks = (int) Math.min(items, Math.max(tasks, wanted));
  }

  /**
   * Rows of {@link ModelRule#TABLES}, one per item.
   *
   * @param sequences how many baskets there are
   */
  JavaRDD<Row> rows(Fitted fitted, long sequences) {
    JavaRDD<long[]> following =
        fitted.transitions() == 0
            ? spark.parallelize(Collections.<long[]>emptyList(), tasks)
            : dealt(baskets, (basket, tally) -> TransitionWeights.count(basket, tally::add));
    Broadcast<TransitionWeights> weights =
        fitted.transitions() == 0 ? null : spark.broadcast(weights());
    int step = tasks;
    int all = items;
    return following
        .mapPartitionsWithIndex(
            (task, pairs) -> List.of(new Tuple2<>(task, PairFn.sum(pairs))).iterator(), true)
        .zipPartitions(neighbours(sequences), new RuleRowsFn(weights, fitted, all, step));
  }

  /**
   * Transitions, without a factor, of some items; those that have any.
   *
   * @param wanted items, rising
   */
  JavaRDD<Tuple2<Integer, Greatest>> transitions(int[] wanted) {
    Broadcast<int[]> some = spark.broadcast(wanted);
    Broadcast<TransitionWeights> weights = spark.broadcast(weights());
    return dealt(baskets, (basket, tally) -> countSome(basket, some.value(), tally))
        .mapPartitions(
            dealt -> {
              PairRows counted = new PairRows(PairFn.sum(dealt));
              return IntStream.of(some.value())
                  .mapToObj(item -> new Tuple2<>(item, counted.row(item)))
                  .filter(row -> row._2().columns().length > 0)
                  .map(row -> new Tuple2<>(row._1(), greatest(row, weights.value())))
                  .iterator();
            });
  }

  private static void countSome(int[] basket, int[] wanted, PairTally tally) {
    TransitionWeights.count(
        basket,
        (item, follower, count) -> {
          if (Arrays.binarySearch(wanted, item) >= 0) {
            tally.add(item, follower, count);
          }
        });
  }

  private static Greatest greatest(
      Tuple2<Integer, PairRows.PairRow> row, TransitionWeights weights) {
    return weights.row(row._1(), row._2().columns(), row._2().counts());
  }

  /** The weights of transitions of these baskets. */
  private TransitionWeights weights() {
    return new TransitionWeights(sums(items, TransitionWeights::countColumns));
  }

  private <T> JavaRDD<long[]> dealt(JavaRDD<T> elements, PairFn.Counting<T> counting) {
    return dealt(elements.mapPartitionsToPair(new PairFn<>(tasks, counting)));
  }

  private JavaRDD<long[]> dealt(JavaPairRDD<Integer, long[]> pairs) {
    return shuffles.used(pairs.partitionBy(new HashPartitioner(tasks)));
  }

  /** The sums of rows, whose column is 0. */
  private long[] sums(int size, PairFn.Counting<int[]> counting) {
    long[] sums = new long[size];
    for (long[] some :
        dealt(baskets, counting).mapPartitions(p -> List.of(PairFn.sum(p)).iterator()).collect()) {
      for (int i = 0; i < some.length; i += 2) {
        sums[PairTally.row(some[i])] = some[i + 1];
      }
    }
    return sums;
  }

  private PairSample sample() {
    long[] pairs =
        sums(
            PairSample.BUCKETS,
            (basket, tally) -> tally.add(PairSample.bucket(basket), 0, PairSample.pairs(basket)));
    int last = PairSample.lastBucket(pairs, mostPairs);
    List<PairSample.Keyed> keyed =
        last == PairSample.BUCKETS
            ? List.of()
            : baskets
                .filter(basket -> PairSample.bucket(basket) == last)
                .map(PairSample.Keyed::of)
                .collect();
    return PairSample.of(keyed, pairs, mostPairs);
  }

  /** The weights of neighbours, as bits, dealt by row. */
  private JavaRDD<long[]> neighbours(long sequences) {
    PairSample sample = sample();
    int copies = solvers;
    JavaRDD<int[]> everywhere =
        shuffles.used(
            baskets
                .filter(sample::chooses)
                .mapPartitions(RuleTables::packed)
                .flatMapToPair(
                    piece ->
                        IntStream.range(0, copies)
                            .mapToObj(copy -> new Tuple2<>(copy, piece))
                            .iterator())
                .partitionBy(new HashPartitioner(copies)));
    int all = items;
    JavaRDD<Tuple2<Integer, Greatest>> columns =
        everywhere.mapPartitionsWithIndex(
            (solver, pieces) -> columns(solver, copies, all, pieces, sequences), false);
    return dealt(columns, RuleTables::addColumn);
  }

  private static Iterator<Tuple2<Integer, Greatest>> columns(
      int solver, int solvers, int items, Iterator<int[]> pieces, long sequences) {
    int[] mine = IntStream.iterate(solver, i -> i < items, i -> i + solvers).toArray();
    Neighbours neighbours = Neighbours.counted(unpacked(pieces), items, sequences, mine);
    return IntStream.of(mine)
        .mapToObj(item -> new Tuple2<>(item, neighbours.column(item)))
        .iterator();
  }

  private static void addColumn(Tuple2<Integer, Greatest> column, PairTally tally) {
    int[] rows = column._2().items();
    for (int i = 0; i < rows.length; i++) {
      int bits = Float.floatToRawIntBits(column._2().values()[i]);
      tally.add(rows[i], column._1(), Integer.toUnsignedLong(bits)); // a pair comes once
    }
  }

  /** The baskets of a slot as one array: the length of each, then its items. */
  private static Iterator<int[]> packed(Iterator<int[]> baskets) {
    Iterable<int[]> once = () -> baskets;
    int[] packed =
        StreamSupport.stream(once.spliterator(), false)
            .flatMapToInt(b -> IntStream.concat(IntStream.of(b.length), IntStream.of(b)))
            .toArray();
    return packed.length == 0 ? Collections.emptyIterator() : List.of(packed).iterator();
  }

  private static int[][] unpacked(Iterator<int[]> pieces) {
    Stream.Builder<int[]> baskets = Stream.builder();
    while (pieces.hasNext()) {
      int[] piece = pieces.next();
      for (int at = 0; at < piece.length; at += 1 + piece[at]) {
        baskets.add(Arrays.copyOfRange(piece, at + 1, at + 1 + piece[at]));
      }
    }
    return baskets.build().toArray(int[][]::new);
  }
}
