package io.github.item2vec.redis.layout;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The ids that UUIDs stand for, in three arrays: 20 bytes an id and the id's own. Made on the
 * driver, broadcast, and then only read.
 */
public final class IdNames implements Serializable {
  /** What a driver is to hold at most: some 120 MB with ids of ten bytes. */
  public static final int MOST = 1 << 22;

  private static final long serialVersionUID = 1L;
  private static final int FIRST_IDS = 1 << 10;

  /** Two an id, in the order of {@link #compare}. */
  private long[] uuids = new long[2 * FIRST_IDS];

  /** Where an id ends in {@link #text}. */
  private int[] ends = new int[FIRST_IDS];

  private byte[] text = new byte[Long.BYTES * FIRST_IDS];
  private int size;

  private IdNames() {}

  /**
   * Takes rows of (id, uuid as text in lower case), sorted by uuid.
   *
   * @throws IllegalArgumentException when a row lacks one of them, holds no UUID, comes out of
   *     order or twice, or there are more than {@link #MOST}
   */
  public static IdNames of(Iterator<Row> sorted) {
    IdNames names = new IdNames();
    while (sorted.hasNext()) {
      Row row = sorted.next();
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw new IllegalArgumentException("a row has no id or no uuid: " + row);
      }
      if (names.size == MOST) {
        throw new IllegalArgumentException("more than %,d ids".formatted(MOST));
      }
      names.add(UTF8String.fromString(row.getString(0)), UUID.fromString(row.getString(1)));
    }
    return names;
  }

  private void add(UTF8String id, UUID uuid) {
    if (size > 0 && compare(size - 1, uuid) >= 0) {
      throw new IllegalArgumentException("uuid %s stands for more than one id".formatted(uuid));
    }
    byte[] bytes = id.getBytes();
    int start = end(size - 1);
    int end = Math.addExact(start, bytes.length);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      uuids = Arrays.copyOf(uuids, 4 * size);
    }
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end));
    }
    System.arraycopy(bytes, 0, text, start, bytes.length);
    uuids[2 * size] = uuid.getMostSignificantBits();
    uuids[2 * size + 1] = uuid.getLeastSignificantBits();
    ends[size++] = end;
  }

  /** The id of a UUID; null when there is none. */
  public UTF8String name(UUID uuid) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, uuid);
      if (order == 0) {
        int start = end(middle - 1);
        return UTF8String.fromBytes(text, start, ends[middle] - start);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private int end(int id) {
    return id < 0 ? 0 : ends[id];
  }

  /** Without sign, as their texts are sorted. */
  private int compare(int id, UUID uuid) {
    int high = Long.compareUnsigned(uuids[2 * id], uuid.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(uuids[2 * id + 1], uuid.getLeastSignificantBits());
  }
}
