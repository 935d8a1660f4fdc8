package io.github.item2vec.train.history;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The items with the greatest values.
 *
 * @param items rising
 * @param values of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Greatest(int[] items, float[] values) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @param items rising; of equal values the lower item counts as greater
   */
  static Greatest of(int[] items, float[] values, int most) {
    if (items.length <= most) {
      return new Greatest(items, values);
    }
    int[] best =
        IntStream.range(0, items.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparing(i -> i))
            .limit(most)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    int[] someItems = new int[most];
    float[] someValues = new float[most];
    for (int i = 0; i < most; i++) {
      someItems[i] = items[best[i]];
      someValues[i] = values[best[i]];
    }
    return new Greatest(someItems, someValues);
  }

  void to(int row, TableRows rows) {
    rows.set(row, Arrays.copyOf(items, items.length), values);
  }
}
