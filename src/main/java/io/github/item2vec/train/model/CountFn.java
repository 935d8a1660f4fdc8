package io.github.item2vec.train.model;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import scala.Tuple2;

/**
 * Counts the items of Spark's own rows (items, or null) within a task, without a row for each of
 * them; an item comes once for each {@link #MOST} others. Runs in tasks.
 */
final class CountFn implements PairFlatMapFunction<Iterator<InternalRow>, String, Long> {
  private static final long serialVersionUID = 1L;

  /** Distinct items that are counted at a time, which bounds a task's memory. */
  private static final int MOST = 1 << 20;

  @Override
  public Iterator<Tuple2<String, Long>> call(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      private Iterator<Tuple2<String, Long>> counted = count(rows);

      @Override
      public boolean hasNext() {
        while (!counted.hasNext() && rows.hasNext()) {
          counted = count(rows);
        }
        return counted.hasNext();
      }

      @Override
      public Tuple2<String, Long> next() {
        return counted.next();
      }
    };
  }

  private static Iterator<Tuple2<String, Long>> count(Iterator<InternalRow> rows) {
    Ids ids = new Ids();
    LongList counts = new LongList();
    while (rows.hasNext() && ids.size() < MOST) {
      InternalRow row = rows.next();
      if (!row.isNullAt(0)) {
        add(ids, counts, row.getArray(0));
      }
    }
    return IntStream.range(0, ids.size())
        .mapToObj(i -> new Tuple2<>(ids.get(i).toString(), counts.get(i)))
        .iterator();
  }

  private static void add(Ids ids, LongList counts, ArrayData items) {
    for (int i = 0; i < items.numElements(); i++) {
      if (!items.isNullAt(i)) {
        int index = ids.indexOrAdd(items.getUTF8String(i));
        if (index == counts.size()) {
          counts.add(0);
        }
        counts.increment(index);
      }
    }
  }
}
