package io.github.item2vec.item2vec;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;
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
      private Iterator<Map.Entry<UTF8String, long[]>> counted = count(rows);

      @Override
      public boolean hasNext() {
        while (!counted.hasNext() && rows.hasNext()) {
          counted = count(rows);
        }
        return counted.hasNext();
      }

      @Override
      public Tuple2<String, Long> next() {
        Map.Entry<UTF8String, long[]> entry = counted.next();
        return new Tuple2<>(entry.getKey().toString(), entry.getValue()[0]);
      }
    };
  }

  private static Iterator<Map.Entry<UTF8String, long[]>> count(Iterator<InternalRow> rows) {
    Map<UTF8String, long[]> counts = new HashMap<>();
    while (rows.hasNext() && counts.size() < MOST) {
      InternalRow row = rows.next();
      if (!row.isNullAt(0)) {
        add(counts, row.getArray(0));
      }
    }
    return counts.entrySet().iterator();
  }

  private static void add(Map<UTF8String, long[]> counts, ArrayData items) {
    for (int i = 0; i < items.numElements(); i++) {
      if (!items.isNullAt(i)) {
        UTF8String item = items.getUTF8String(i);
        long[] count = counts.get(item);
        if (count == null) {
          counts.put(item.copy(), new long[] {1}); // the row's bytes are used again
        } else {
          count[0]++;
        }
      }
    }
  }
}
