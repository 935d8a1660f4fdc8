package io.github.item2vec.item2vec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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
   * Counts the items of all sequences: one shuffle by item, one to sort, then the vocabulary comes
   * to the driver.
   *
   * @throws IllegalArgumentException when fewer than one item reaches minCount
   */
  static Vocabulary count(Dataset<?> sequences, Column items, int minCount) {
    Dataset<Row> counted =
        sequences
            .sparkSession()
            .createDataset(
                sequences
                    .select(items)
                    .queryExecution()
                    .toRdd()
                    .toJavaRDD()
                    .mapPartitions(new CountFn())
                    .rdd(),
                Encoders.tuple(Encoders.STRING(), Encoders.LONG()))
            .toDF("item", "count")
            .groupBy("item")
            .agg(sum("count").as("count"));
    Vocabulary vocabulary =
        of(
            counted
                .where(col("count").geq(minCount))
                .orderBy(col("count").desc(), col("item"))
                .select("item", "count"));
    if (vocabulary.size() == 0) {
      Row all = counted.agg(functions.count(lit(1)), max("count")).first();
      throw new IllegalArgumentException(
          "no item occurs minCount = %d times: %d distinct items, the most frequent %d times"
              .formatted(minCount, all.getLong(0), all.isNullAt(1) ? 0 : all.getLong(1)));
    }
    return vocabulary;
  }

  /** From rows (item, count) in the order of the items; they travel packed, not as objects. */
  static Vocabulary of(Dataset<Row> rows) {
    Ids ids = new Ids();
    LongList counts = new LongList();
    for (byte[] packed : rows.toJavaRDD().mapPartitions(PackedCounts::pack).collect()) {
      PackedCounts.unpack(packed, ids, counts);
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
