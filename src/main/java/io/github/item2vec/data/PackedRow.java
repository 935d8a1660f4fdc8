package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
import java.util.Arrays;

/**
 * The bytes of good rows on their way to their user: whether the rating counts, the item, the time,
 * in {@code Order.FILE} the place; some 13 bytes a row. Numbers are in groups of 7 bits, the lowest
 * first; times that are no whole numbers from 0 to 2<sup>53</sup> are all 8 bytes. Used by one
 * task.
 */
final class PackedRow {
  private static final int KEPT = 1;
  private static final int WHOLE_TIME = 2;
  private static final double MOST_WHOLE = 1L << 53;

  private PackedRow() {}

  /** Where rows are put, one behind another. */
  static final class Writer {
    private final Order order;
    private byte[] bytes = new byte[1 << 12];
    private int size;

    Writer(Order order) {
      this.order = order;
    }

    int size() {
      return size;
    }

    byte[] bytes() {
      return bytes;
    }

    void clear() {
      size = 0;
    }

    /** A number of four bytes, which {@link #setInt} may change. */
    void putInt(int value) {
      reserve(Integer.BYTES);
      size += Integer.BYTES;
      setInt(size - Integer.BYTES, value);
    }

    void setInt(int at, int value) {
      for (int i = 0; i < Integer.BYTES; i++) {
        bytes[at + i] = (byte) (value >>> (Byte.SIZE * i));
      }
    }

    int getInt(int at) {
      return (int) fixed(bytes, at, Integer.BYTES);
    }

    /** Puts a row whose item stands in a line. */
    void put(
        byte[] line, int itemFrom, int itemTo, boolean kept, double time, int file, long offset) {
      int itemLength = itemTo - itemFrom;
      reserve(itemLength + 64);
      boolean whole = time >= 0 && time < MOST_WHOLE && time == (long) time && 1 / time > 0;
      bytes[size++] = (byte) ((kept ? KEPT : 0) | (whole ? WHOLE_TIME : 0));
      putNumber(itemLength);
      System.arraycopy(line, itemFrom, bytes, size, itemLength);
      size += itemLength;
      if (whole) {
        putNumber((long) time);
      } else {
        putFixed(Double.doubleToRawLongBits(time));
      }
      if (order == Order.FILE) {
        putNumber(file);
        putNumber(offset);
      }
    }

    private void putNumber(long value) {
      long rest = value;
      for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
        bytes[size++] = (byte) (rest | 0x80);
      }
      bytes[size++] = (byte) rest;
    }

    private void putFixed(long value) {
      for (int i = 0; i < Long.BYTES; i++) {
        bytes[size++] = (byte) (value >>> (Byte.SIZE * i));
      }
    }

    private void reserve(int more) {
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
      }
    }
  }

  /** Goes through rows; the fields are those of the row that {@link #next} came to. */
  static final class Reader {
    private final Order order;
    private byte[] bytes = new byte[0];
    private int at;
    private boolean kept;
    private int itemAt;
    private int itemLength;
    private double time;
    private int file;
    private long offset;

    Reader(Order order) {
      this.order = order;
    }

    Reader over(byte[] rows) {
      bytes = rows;
      at = 0;
      return this;
    }

    /** False behind the last row. */
    boolean next() {
      if (at >= bytes.length) {
        return false;
      }
      int flags = bytes[at++];
      kept = (flags & KEPT) != 0;
      itemLength = (int) number();
      itemAt = at;
      at += itemLength;
      if ((flags & WHOLE_TIME) != 0) {
        time = number();
      } else {
        time = Double.longBitsToDouble(fixed(bytes, at, Long.BYTES));
        at += Long.BYTES;
      }
      if (order == Order.FILE) {
        file = (int) number();
        offset = number();
      }
      return true;
    }

    boolean kept() {
      return kept;
    }

    /** The number of the item. */
    int itemIn(IdTable items) {
      return items.put(bytes, itemAt, itemLength);
    }

    double time() {
      return time;
    }

    int file() {
      return file;
    }

    long offset() {
      return offset;
    }

    private long number() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }

  private static long fixed(byte[] bytes, int at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
