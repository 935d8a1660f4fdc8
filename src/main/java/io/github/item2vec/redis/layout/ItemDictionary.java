package io.github.item2vec.redis.layout;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The items' UUIDs by index. Given, it is what the dictionary in Redis holds; without a given one a
 * task's own grows with each item it meets, by {@link IdMapping#items}. Broadcast when given, and
 * then only read.
 *
 * <p>Looking up the items of a list is most of a task's work, so the ids stand in a hash table with
 * open addressing whose keys are compared as words of eight bytes, which is how Spark lays strings
 * out in a row (the last word filled up with zeros): an id of at most eight bytes is told from all
 * others by its word and its length.
 */
public final class ItemDictionary implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_SLOTS = 1 << 10;

  private final List<UUID> uuids = new ArrayList<>();
  private final List<byte[]> ids = new ArrayList<>();
  private final IdMapping growth;

  /** Two a slot: the id's word (its hash when it is longer), and length and index + 1; 0 = free. */
  private long[] table = new long[2 * FIRST_SLOTS];

  private ItemDictionary(IdMapping growth) {
    this.growth = growth;
  }

  public static ItemDictionary growing() {
    return new ItemDictionary(IdMapping.items());
  }

  /** Rows of (id, uuid as text); an id's first row counts. */
  public static ItemDictionary of(List<Row> rows) {
    ItemDictionary catalogue = new ItemDictionary(null);
    for (Row row : rows) {
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw new IllegalArgumentException("the catalogue has a row without id or uuid: " + row);
      }
      byte[] id = UTF8String.fromString(row.getString(0)).getBytes();
      if (catalogue.find(filled(id), Platform.BYTE_ARRAY_OFFSET, id.length) < 0) {
        catalogue.add(id, UUID.fromString(row.getString(1)));
      }
    }
    return catalogue;
  }

  public int size() {
    return uuids.size();
  }

  public UUID uuid(int index) {
    return uuids.get(index);
  }

  /**
   * The UUID of an item.
   *
   * @throws IllegalArgumentException when the given catalogue does not have it
   */
  public UUID uuid(UTF8String item) {
    return uuid(index(item));
  }

  /**
   * The indices of a list's items, in the list's order.
   *
   * @throws IllegalArgumentException when an item is null or the given catalogue does not have it
   */
  public int[] indices(ArrayData list) {
    int[] indices = new int[list.numElements()];
    if (list instanceof UnsafeArrayData row) {
      fill(indices, row);
      return indices;
    }
    for (int i = 0; i < indices.length; i++) {
      requireItem(list, i);
      indices[i] = index(list.getUTF8String(i));
    }
    return indices;
  }

  /** Without an object for each item: the row's own bytes are compared. */
  private void fill(int[] indices, UnsafeArrayData row) {
    Object base = row.getBaseObject();
    long start = row.getBaseOffset();
    long place = start + UnsafeArrayData.calculateHeaderPortionInBytes(indices.length);
    for (int i = 0; i < indices.length; i++, place += Long.BYTES) {
      requireItem(row, i);
      long offsetAndLength = Platform.getLong(base, place);
      int known = find(base, start + (offsetAndLength >>> Integer.SIZE), (int) offsetAndLength);
      indices[i] = known >= 0 ? known : added(row.getUTF8String(i));
    }
  }

  private static void requireItem(ArrayData list, int at) {
    if (list.isNullAt(at)) {
      throw new IllegalArgumentException("a list holds a null item");
    }
  }

  private int index(UTF8String item) {
    byte[] id = item.getBytes();
    int known = find(filled(id), Platform.BYTE_ARRAY_OFFSET, id.length);
    return known >= 0 ? known : added(item);
  }

  private int added(UTF8String item) {
    if (growth == null) {
      throw new IllegalArgumentException("item '" + item + "' has no UUID in the catalogue");
    }
    byte[] id = item.getBytes();
    return add(id, growth.uuid(id));
  }

  private int add(byte[] id, UUID uuid) {
    ids.add(id);
    uuids.add(uuid);
    if (4 * ids.size() > table.length) {
      table = new long[2 * table.length];
      for (int index = 0; index < ids.size(); index++) {
        place(index);
      }
    } else {
      place(ids.size() - 1);
    }
    return ids.size() - 1;
  }

  private void place(int index) {
    byte[] id = ids.get(index);
    long word = word(filled(id), Platform.BYTE_ARRAY_OFFSET, id.length);
    int slot = firstSlot(word);
    while (table[slot + 1] != 0) {
      slot = (slot + 2) & (table.length - 1);
    }
    table[slot] = word;
    table[slot + 1] = (long) id.length << Integer.SIZE | (index + 1);
  }

  /** The index of the id in that place, whose last word is filled up with zeros; -1 when new. */
  private int find(Object base, long offset, int length) {
    long word = word(base, offset, length);
    for (int slot = firstSlot(word); ; slot = (slot + 2) & (table.length - 1)) {
      long entry = table[slot + 1];
      if (entry == 0) {
        return -1;
      }
      int index = (int) entry - 1;
      if (table[slot] == word
          && entry >>> Integer.SIZE == length
          && (length <= Long.BYTES || same(index, base, offset, length))) {
        return index;
      }
    }
  }

  private boolean same(int index, Object base, long offset, int length) {
    return ByteArrayMethods.arrayEquals(
        base, offset, ids.get(index), Platform.BYTE_ARRAY_OFFSET, length);
  }

  private int firstSlot(long word) {
    long mixed = word * 0x9E3779B97F4A7C15L; // 2^64 / golden ratio: the high bits depend on all
    return (int) (mixed >>> Integer.SIZE) << 1 & (table.length - 1);
  }

  private static long word(Object base, long offset, int length) {
    long word = 0;
    for (int at = 0; at < length; at += Long.BYTES) {
      word = Long.rotateLeft(word * 0x9E3779B97F4A7C15L, 29) ^ Platform.getLong(base, offset + at);
    }
    return word;
  }

  private static byte[] filled(byte[] id) {
    return Arrays.copyOf(id, ByteArrayMethods.roundNumberOfBytesToNearestWord(id.length));
  }
}
