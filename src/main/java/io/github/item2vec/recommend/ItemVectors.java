package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a list is scored with: for each item a context vector (a user's profile is the mean of those
 * of the user's items) and a target vector (the score is profile . target). Broadcast to tasks.
 *
 * <p>Items are kept in ascending order of id, so that a tie between scores is decided by index.
 */
public final class ItemVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] items;
  private final int vectorSize;
  private final float[] contexts;
  private final float[] targets;

  /**
   * @param items distinct item ids, in the order of the vectors
   * @param vectorSize length of a vector, > 0
   * @param contexts row-major, {@code items.size() * vectorSize}
   * @param targets of the same shape
   * @throws IllegalArgumentException when the shapes disagree or a value is NaN or infinite
   */
  public ItemVectors(List<String> items, int vectorSize, float[] contexts, float[] targets) {
    int length = Math.multiplyExact(items.size(), vectorSize);
    if (contexts.length != length || targets.length != length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d values for %d items x %d"
              .formatted(contexts.length, targets.length, items.size(), vectorSize));
    }
    this.vectorSize = vectorSize;
    Integer[] order = new Integer[items.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(items::get));
    this.items = Arrays.stream(order).map(items::get).toArray(String[]::new);
    this.contexts = reordered(contexts, order);
    this.targets = reordered(targets, order);
  }

  private float[] reordered(float[] rows, Integer[] order) {
    float[] sorted = new float[rows.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(rows, order[i] * vectorSize, sorted, i * vectorSize, vectorSize);
    }
    for (float value : sorted) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("item vectors hold " + value);
      }
    }
    return sorted;
  }

  public int size() {
    return items.length;
  }

  public String item(int index) {
    return items[index];
  }

  /** Index of an item, negative when it has no vector. */
  int indexOf(String item) {
    return Arrays.binarySearch(items, item);
  }

  /**
   * Mean context vector of the known items, a repeated item as often as it stands there.
   *
   * @return null when no item is known
   */
  float[] profile(List<String> context) {
    double[] sum = new double[vectorSize];
    int known = 0;
    for (String item : context) {
      int index = indexOf(item);
      if (index >= 0) {
        known++;
        for (int d = 0; d < vectorSize; d++) {
          sum[d] += contexts[index * vectorSize + d];
        }
      }
    }
    if (known == 0) {
      return null;
    }
    float[] mean = new float[vectorSize];
    for (int d = 0; d < vectorSize; d++) {
      mean[d] = (float) (sum[d] / known);
    }
    return mean;
  }

  /** profile . target of one item, summed in four lanes so that the loop is not one long chain. */
  float score(float[] profile, int item) {
    int row = item * vectorSize;
    float a = 0;
    float b = 0;
    float c = 0;
    float e = 0;
    int d = 0;
    for (; d + 3 < vectorSize; d += 4) {
      a += profile[d] * targets[row + d];
      b += profile[d + 1] * targets[row + d + 1];
      c += profile[d + 2] * targets[row + d + 2];
      e += profile[d + 3] * targets[row + d + 3];
    }
    for (; d < vectorSize; d++) {
      a += profile[d] * targets[row + d];
    }
    return a + b + (c + e);
  }
}
