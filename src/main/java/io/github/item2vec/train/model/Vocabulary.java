package io.github.item2vec.train.model;

import java.io.Serializable;
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
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple2;

/**
 * The items that get a vector, by falling count, ties by id, and their counts. Broadcast, so it is
 * kept small, see {@link Ids}.
 */
public final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Ids ids;
  private final long[] counts;

  /**
   * @param items all different
   */
  public Vocabulary(String[] items, long[] counts) {
    this(ids(items), counts);
  }

  private Vocabulary(Ids ids, long[] counts) {
    this.ids = ids;
    this.counts = counts;
    ids.trim();
  }

  private static Ids ids(String[] items) {
    Ids ids = new Ids();
    for (String item : items) {
      ids.indexOrAdd(UTF8String.fromString(item));
    }
    return ids;
  }

  /**
   * Counts the items of all sequences: one shuffle by item, then the vocabulary comes to the driver
   * in sorted runs.
   *
   * @throws IllegalArgumentException when fewer than one item reaches minCount
   */
  public static Vocabulary count(Dataset<?> sequences, Column items, int minCount) {
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
  public static Vocabulary of(Dataset<Row> rows) {
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
      ids.indexOrAdd(UTF8String.fromBytes(item.id()));
      counts.add(item.count());
    }
    return new Vocabulary(ids, counts.toArray());
  }

  public int size() {
    return counts.length;
  }

  public String item(int index) {
    return ids.get(index).toString();
  }

  public String[] items() {
    return IntStream.range(0, size()).mapToObj(this::item).toArray(String[]::new);
  }

  public long[] counts() {
    return counts;
  }

  /** Occurrences of all items together. */
  public long occurrences() {
    return Arrays.stream(counts).sum();
  }

  /** Index of an item, or -1; also for null. */
  public int indexOf(String item) {
    return item == null ? -1 : indexOf(UTF8String.fromString(item));
  }

  /** Index of an item, or -1. */
  public int indexOf(UTF8String item) {
    return ids.indexOf(item);
  }

  /** Indices of the known items, in order; the unknown ones and nulls are dropped. */
  public int[] encode(List<String> sequence) {
    return sequence.stream().mapToInt(this::indexOf).filter(i -> i >= 0).toArray();
  }
}
