package io.github.item2vec.item2vec;

import java.io.Serializable;
import java.util.Arrays;

/** Ints one after another in one array that grows. */
final class IntList implements Serializable {
  private static final long serialVersionUID = 1L;

  private int[] values = new int[64];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  void addAll(int[] more) {
    addAll(more, 0, more.length);
  }

  /** Adds the values from {@code from} to {@code to} - 1. */
  void addAll(int[] more, int from, int to) {
    int count = to - from;
    if (values.length - size < count) {
      values = Arrays.copyOf(values, Math.max(size * 2, size + count));
    }
    System.arraycopy(more, from, values, size, count);
    size += count;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }
}
