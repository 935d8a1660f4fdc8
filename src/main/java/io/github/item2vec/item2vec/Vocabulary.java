package io.github.item2vec.item2vec;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaDoubleRDD;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import scala.util.hashing.MurmurHash3$;

/**
 * The items that get a vector, by falling count, ties by id, and their counts. Broadcast, so it is
 * kept small: the ids as UTF-8 in one array and a hash table of ints, about 20 bytes an item beside
 * the id.
 */
final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Any number: it only moves collisions. */
  private static final int HASH_SEED = 17;

  private final byte[] ids;
  private final int[] ends;
  private final long[] counts;

  /** Open addressing with linear probing; index + 1, or 0 for a free place. */
  private final int[] table;

  Vocabulary(String[] items, long[] counts) {
    this(ids(items), counts);
  }

  private Vocabulary(Ids ids, long[] counts) {
    this.ids = ids.bytes();
    this.ends = ids.ends();
    this.counts = counts;
    this.table = new int[Integer.highestOneBit(1 + counts.length / 2 * 3) * 2]; // 1/3 to 2/3 full
    for (int item = 0; item < counts.length; item++) {
      byte[] id = Arrays.copyOfRange(this.ids, start(item), ends[item]);
      int place = place(id);
      while (table[place] != 0) {
        place = (place + 1) & (table.length - 1);
      }
      table[place] = item + 1;
    }
  }

  private static Ids ids(String[] items) {
    Ids ids = new Ids();
    for (String item : items) {
      ids.add(item.getBytes(StandardCharsets.UTF_8));
    }
    return ids;
  }

  /**
   * Counts the items of all sequences: one shuffle by item, then the vocabulary comes to the driver
   * in sorted runs.
   *
   * @throws IllegalArgumentException when fewer than one item reaches minCount
   */
  static Vocabulary count(Dataset<?> sequences, Column items, int minCount) {
    JavaPairRDD<String, Long> counts =
        sequences
            .select(items)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsToPair(new CountFn())
            .reduceByKey(Long::sum);
    Vocabulary vocabulary = merged(counts.mapPartitions(part -> sorted(part, minCount)));
    if (vocabulary.size() == 0) {
      JavaDoubleRDD all = counts.mapToDouble(Tuple2::_2);
      throw new IllegalArgumentException(
          "no item occurs minCount = %d times: %d distinct items, the most frequent %.0f times"
              .formatted(minCount, all.count(), all.fold(0.0, Math::max)));
    }
    return vocabulary;
  }

  private static Iterator<ItemCount> sorted(Iterator<Tuple2<String, Long>> counts, int minCount) {
    List<ItemCount> items = new ArrayList<>();
    while (counts.hasNext()) {
      Tuple2<String, Long> next = counts.next();
      if (next._2() >= minCount) {
        items.add(ItemCount.of(next._1(), next._2()));
      }
    }
    items.sort(null);
    return items.iterator();
  }

  /** From rows (item, count) in the order of the items. */
  static Vocabulary of(Dataset<Row> rows) {
    JavaRDD<ItemCount> counts =
        rows.toJavaRDD().map(row -> ItemCount.of(row.getString(0), row.getLong(1)));
    return of(PackedCounts.unpack(counts.mapPartitions(PackedCounts::pack).collect().iterator()));
  }

  /** Each partition is in order; it travels packed, not as objects. */
  private static Vocabulary merged(JavaRDD<ItemCount> runs) {
    List<List<byte[]>> packed = runs.mapPartitions(PackedCounts::pack).glom().collect();
    return of(
        PackedCounts.merge(
            packed.stream().map(run -> PackedCounts.unpack(run.iterator())).toList()));
  }

  private static Vocabulary of(Iterator<ItemCount> items) {
    Ids ids = new Ids();
    LongList counts = new LongList();
    while (items.hasNext()) {
      ItemCount item = items.next();
      ids.add(item.id());
      counts.add(item.count());
    }
    return new Vocabulary(ids, counts.toArray());
  }

  int size() {
    return counts.length;
  }

  private int start(int item) {
    return item == 0 ? 0 : ends[item - 1];
  }

  String item(int index) {
    return new String(ids, start(index), ends[index] - start(index), StandardCharsets.UTF_8);
  }

  String[] items() {
    return IntStream.range(0, size()).mapToObj(this::item).toArray(String[]::new);
  }

  long[] counts() {
    return counts;
  }

  /** Occurrences of all items together. */
  long occurrences() {
    return Arrays.stream(counts).sum();
  }

  /** Index of an item, or -1; also for null. */
  int indexOf(String item) {
    if (item == null) {
      return -1;
    }
    return indexOf(item.getBytes(StandardCharsets.UTF_8));
  }

  /** Index of the item with this id in UTF-8, or -1. */
  int indexOf(byte[] id) {
    int place = place(id);
    while (table[place] != 0) {
      int index = table[place] - 1;
      if (Arrays.equals(ids, start(index), ends[index], id, 0, id.length)) {
        return index;
      }
      place = (place + 1) & (table.length - 1);
    }
    return -1;
  }

  private int place(byte[] id) {
    return MurmurHash3$.MODULE$.bytesHash(id, HASH_SEED) & (table.length - 1);
  }

  /** Indices of the known items, in order; the unknown ones and nulls are dropped. */
  int[] encode(List<String> sequence) {
    return sequence.stream().mapToInt(this::indexOf).filter(i -> i >= 0).toArray();
  }
}
