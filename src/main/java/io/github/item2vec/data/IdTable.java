package io.github.item2vec.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ids as UTF-8 bytes, numbered in the order of their arrival: one array of bytes and a hash table
 * of numbers with open addressing, no object an id. Used by one task.
 */
final class IdTable {
  private static final int FIRST_SLOTS = 256;

  private byte[] bytes = new byte[16 * FIRST_SLOTS];

  /** Where an id begins, and one more for the end of the last. */
  private int[] starts = new int[FIRST_SLOTS];

  private int[] hashes = new int[FIRST_SLOTS];

  /** Number + 1; 0 = free; a power of two, at most half of them taken. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  int size() {
    return size;
  }

  /** Bytes of all ids together. */
  int bytes() {
    return starts[size];
  }

  /** The number of the id in that place; a new id gets {@link #size} of before. */
  int put(byte[] from, int at, int length) {
    int hash = hash(from, at, length);
    int slot = slot(hash);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int known = slots[slot] - 1;
      if (hashes[known] == hash && same(known, from, at, length)) {
        return known;
      }
    }
    slots[slot] = size + 1;
    add(hash, from, at, length);
    return size - 1;
  }

  private void add(int hash, byte[] from, int at, int length) {
    int start = starts[size];
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, start + length));
    }
    System.arraycopy(from, at, bytes, start, length);
    hashes[size] = hash;
    size++;
    if (size + 1 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      hashes = Arrays.copyOf(hashes, starts.length);
    }
    starts[size] = start + length;
    if (2 * size > slots.length) {
      slots = new int[2 * slots.length];
      for (int number = 0; number < size; number++) {
        int slot = slot(hashes[number]);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number + 1;
      }
    }
  }

  /** The id's text. */
  String text(int number) {
    int start = starts[number];
    return new String(bytes, start, starts[number + 1] - start, StandardCharsets.UTF_8);
  }

  /** By the bytes without sign, as Spark sorts strings. */
  int compare(int a, int b) {
    return Arrays.compareUnsigned(bytes, starts[a], starts[a + 1], bytes, starts[b], starts[b + 1]);
  }

  void clear() {
    size = 0;
    if (slots.length == FIRST_SLOTS) {
      Arrays.fill(slots, 0);
    } else {
      slots = new int[FIRST_SLOTS];
    }
  }

  private boolean same(int number, byte[] from, int at, int length) {
    return Arrays.equals(bytes, starts[number], starts[number + 1], from, at, at + length);
  }

  private int slot(int hash) {
    return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(slots.length - 1);
  }

  private static int hash(byte[] from, int at, int length) {
    int hash = 0;
    for (int i = at; i < at + length; i++) {
      hash = 31 * hash + from[i];
    }
    return hash;
  }
}
