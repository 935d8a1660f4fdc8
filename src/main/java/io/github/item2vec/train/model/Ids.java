package io.github.item2vec.train.model;

import io.github.item2vec.math.IntList;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Ids and their indices, which count from 0 in the order of their adding: the bytes of all ids one
 * after another in one array, their ends, and a hash table of ints. 10 to 16 bytes an id beside its
 * own, and no object for it.
 */
final class Ids implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final IntList ends = new IntList();
  private byte[] bytes = new byte[1024];

  /** Open addressing with linear probing; index + 1, or 0 for a free place; 2/3 full at most. */
  private int[] table = new int[64];

  int size() {
    return ends.size();
  }

  /** Index of an id, or -1. */
  int indexOf(UTF8String id) {
    return table[place(id)] - 1;
  }

  /**
   * Index of an id, which is added if it is new.
   *
   * @throws IllegalArgumentException when the ids together take more than 2 GiB
   */
  int indexOrAdd(UTF8String id) {
    int place = place(id);
    if (table[place] == 0) {
      append(id);
      table[place] = size();
      if (size() > table.length / 3 * 2) {
        grow();
      }
      return size() - 1;
    }
    return table[place] - 1;
  }

  /** Where the id is in the table, or would be. */
  private int place(UTF8String id) {
    int place = id.hashCode() & (table.length - 1);
    while (table[place] != 0 && !is(table[place] - 1, id)) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private boolean is(int index, UTF8String id) {
    int start = start(index);
    return ends.get(index) - start == id.numBytes()
        && ByteArrayMethods.arrayEquals(
            id.getBaseObject(),
            id.getBaseOffset(),
            bytes,
            Platform.BYTE_ARRAY_OFFSET + start,
            id.numBytes());
  }

  private void append(UTF8String id) {
    int size = start(size());
    long needed = (long) size + id.numBytes();
    if (needed > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the ids of the first %d items take more than %d bytes: use shorter ids"
              .formatted(size(), MOST_BYTES));
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * bytes.length)));
    }
    id.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + size);
    ends.add((int) needed);
  }

  private void grow() {
    table = new int[table.length * 2];
    for (int index = 0; index < size(); index++) {
      table[place(get(index))] = index + 1;
    }
  }

  /** Gives back what the array of bytes has too much. */
  void trim() {
    bytes = Arrays.copyOf(bytes, start(size()));
  }

  private int start(int index) {
    return index == 0 ? 0 : ends.get(index - 1);
  }

  /** An id; a view of the bytes here. */
  UTF8String get(int index) {
    return UTF8String.fromBytes(bytes, start(index), ends.get(index) - start(index));
  }
}
