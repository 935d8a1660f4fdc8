package io.github.item2vec.train.distributed;

import io.github.item2vec.train.history.PairTally;
import io.github.item2vec.train.model.Pieces;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * Counts pairs of what comes, and deals them to the tasks of their rows: row r to r % tasks. Pairs
 * are added up before they travel, {@value #MOST} distinct ones at a time. Runs in tasks.
 *
 * @param <T> what comes
 */
final class PairFn<T> implements PairFlatMapFunction<Iterator<T>, Integer, long[]> {
  private static final long serialVersionUID = 1L;

  /** Some 12 MB. */
  private static final int MOST = 1 << 18;

  /** What an element counts. */
  @FunctionalInterface
  interface Counting<T> extends Serializable {
    void count(T element, PairTally tally);
  }

  private final int tasks;
  private final Counting<T> counting;

  PairFn(int tasks, Counting<T> counting) {
    this.tasks = tasks;
    this.counting = counting;
  }

  @Override
  public Iterator<Tuple2<Integer, long[]>> call(Iterator<T> elements) {
    Iterable<long[]> once = () -> Pieces.of(elements, this::counted);
    return StreamSupport.stream(once.spliterator(), false).flatMap(this::dealt).iterator();
  }

  private long[] counted(Iterator<T> elements) {
    PairTally tally = new PairTally();
    do {
      counting.count(elements.next(), tally);
    } while (elements.hasNext() && tally.size() < MOST);
    return tally.drain();
  }

  private Stream<Tuple2<Integer, long[]>> dealt(long[] pairs) {
    int[] sizes = new int[tasks];
    for (int i = 0; i < pairs.length; i += 2) {
      sizes[PairTally.row(pairs[i]) % tasks] += 2;
    }
    long[][] dealt = new long[tasks][];
    int[] at = new int[tasks];
    for (int i = 0; i < pairs.length; i += 2) {
      int task = PairTally.row(pairs[i]) % tasks;
      if (dealt[task] == null) {
        dealt[task] = new long[sizes[task]];
      }
      dealt[task][at[task]++] = pairs[i];
      dealt[task][at[task]++] = pairs[i + 1];
    }
    return IntStream.range(0, tasks)
        .filter(task -> dealt[task] != null)
        .mapToObj(task -> new Tuple2<>(task, dealt[task]));
  }

  /** All that came to a task, added up: by row, then column, each pair followed by its count. */
  static long[] sum(Iterator<long[]> dealt) {
    PairTally tally = new PairTally();
    dealt.forEachRemaining(tally::addAll);
    return tally.drain();
  }
}
