package io.github.item2vec.math;

import java.io.Serializable;
import java.util.Arrays;

/** Ints one after another in one array that grows. */
public final class IntList implements Serializable {
  private static final long serialVersionUID = 1L;

  private int[] values = new int[64];
  private int size;

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public int get(int index) {
    return values[index];
  }

  public void set(int index, int value) {
    values[index] = value;
  }

  public void addAll(int[] more) {
    addAll(more, 0, more.length);
  }

  /** Adds the values from {@code from} to {@code to} - 1. */
  public void addAll(int[] more, int from, int to) {
    int count = to - from;
    if (values.length - size < count) {
      values = Arrays.copyOf(values, Math.max(size * 2, size + count));
    }
    System.arraycopy(more, from, values, size, count);
    size += count;
  }

  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }
}
