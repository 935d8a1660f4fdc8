package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One user's rows, which may come in any order. The last row of an item, in the order of the input,
 * is the user's opinion and the item's place; if it is below the minimum the item is not kept.
 * Earlier rows of the item are duplicates. Holds the distinct items; used by one task, for one user
 * after another.
 */
final class History {
  private static final int FIRST_ITEMS = 256;

  private final Order order;
  private final PackedRow.Reader reader;
  private final IdTable items = new IdTable();

  /** By item: of its last row. */
  private boolean[] kept = new boolean[FIRST_ITEMS];

  private double[] times = new double[FIRST_ITEMS];
  private int[] files = new int[FIRST_ITEMS];
  private long[] offsets = new long[FIRST_ITEMS];
  private long rows;

  History(Order order) {
    this.order = order;
    this.reader = new PackedRow.Reader(order);
  }

  void clear() {
    items.clear();
    rows = 0;
  }

  /** Adds {@link PackedRow}s. */
  void add(byte[] packed) {
    reader.over(packed);
    while (reader.next()) {
      rows++;
      int known = items.size();
      int item = reader.itemIn(items);
      if (item == known) {
        reserve(item);
        set(item);
      } else {
        merge(item);
      }
    }
  }

  private void set(int item) {
    kept[item] = reader.kept();
    times[item] = reader.time();
    files[item] = reader.file();
    offsets[item] = reader.offset();
  }

  private void merge(int item) {
    if (order == Order.FILE) {
      boolean later =
          reader.file() != files[item]
              ? reader.file() > files[item]
              : reader.offset() > offsets[item];
      if (later) {
        set(item);
      }
    } else if (reader.time() > times[item]) {
      set(item);
    } else if (reader.time() == times[item]) {
      kept[item] |= reader.kept(); // the highest rating is the last, and it decides
    }
  }

  private void reserve(int item) {
    if (item == kept.length) {
      kept = Arrays.copyOf(kept, 2 * item);
      times = Arrays.copyOf(times, 2 * item);
      files = Arrays.copyOf(files, 2 * item);
      offsets = Arrays.copyOf(offsets, 2 * item);
    }
  }

  /** The numbers of the kept items, in order. */
  int[] kept() {
    return ordered(item -> kept[item]);
  }

  /** The numbers of the items below the minimum, in order. */
  int[] rated() {
    return ordered(item -> !kept[item]);
  }

  /**
   * How many of some items stand before each of some others.
   *
   * @param some in order
   * @param others in order
   */
  Integer[] before(int[] some, int[] others) {
    Integer[] counts = new Integer[others.length];
    int count = 0;
    for (int i = 0; i < others.length; i++) {
      while (count < some.length && compare(some[count], others[i]) < 0) {
        count++;
      }
      counts[i] = count;
    }
    return counts;
  }

  private int[] ordered(IntPredicate wanted) {
    return IntStream.range(0, items.size())
        .filter(wanted)
        .boxed()
        .sorted(this::compare)
        .mapToInt(item -> item)
        .toArray();
  }

  private int compare(int a, int b) {
    return order == Order.FILE ? comparePlaces(a, b) : compareTimes(a, b);
  }

  private int comparePlaces(int a, int b) {
    int byFile = Integer.compare(files[a], files[b]);
    return byFile != 0 ? byFile : Long.compare(offsets[a], offsets[b]);
  }

  /** Zero has one sign. */
  private int compareTimes(int a, int b) {
    return times[a] < times[b] ? -1 : times[a] > times[b] ? 1 : items.compare(a, b);
  }

  String[] items(int[] numbers) {
    String[] texts = new String[numbers.length];
    Arrays.setAll(texts, place -> items.text(numbers[place]));
    return texts;
  }

  Double[] times(int[] numbers) {
    Double[] boxed = new Double[numbers.length];
    Arrays.setAll(boxed, place -> times[numbers[place]]);
    return boxed;
  }

  long rows() {
    return rows;
  }

  long duplicates() {
    return rows - items.size();
  }
}
