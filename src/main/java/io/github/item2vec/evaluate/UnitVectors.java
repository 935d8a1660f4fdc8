package io.github.item2vec.evaluate;

import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** The vectors of items, each of length 1, by the items' ranks; a zero vector stays one. */
final class UnitVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int columns;

  /** Row-major. */
  private final float[] rows;

  /** Ranks of the items that have a vector. */
  private final BitSet known;

  private UnitVectors(int columns, float[] rows, BitSet known) {
    this.columns = columns;
    this.rows = rows;
    this.known = known;
  }

  /**
   * Copies.
   *
   * @param vector of an item; null when it has none
   */
  static UnitVectors of(List<String> items, Function<String, float[]> vector) {
    BitSet known = new BitSet(items.size());
    float[] rows = new float[0];
    int columns = 0;
    for (int rank = 0; rank < items.size(); rank++) {
      float[] values = vector.apply(items.get(rank));
      if (values == null) {
        continue;
      }
      if (known.isEmpty()) {
        columns = values.length;
        rows = new float[Math.multiplyExact(items.size(), columns)];
      } else if (values.length != columns) {
        throw new IllegalArgumentException(
            "the vector of item '%s' has %d values: must have %d, as the others"
                .formatted(items.get(rank), values.length, columns));
      }
      known.set(rank);
      putUnit(values, rows, rank * columns);
    }
    return new UnitVectors(columns, rows, known);
  }

  private static void putUnit(float[] values, float[] rows, int from) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    for (int d = 0; d < values.length; d++) {
      rows[from + d] = (float) (values[d] / length);
    }
  }

  /**
   * The mean of 1 - cosine over all pairs of items of a list, 0 to 2: its intra-list diversity
   * (Smyth and McClave, "Similarity vs. Diversity", ICCBR 2001). The cosines of all pairs add up to
   * half of what the square of the vectors' sum has beyond the sum of their squares, so a list of k
   * costs k steps, not k^2.
   *
   * @param ranks of the items; below 0, or without a vector: not looked at
   * @param k places that count
   * @return NaN for fewer than two items
   */
  double meanDistance(int[] ranks, int k) {
    double[] sum = new double[columns];
    double squares = 0;
    int n = 0;
    for (int place = 0; place < Math.min(k, ranks.length); place++) {
      if (ranks[place] >= 0 && known.get(ranks[place])) {
        int from = ranks[place] * columns;
        for (int d = 0; d < columns; d++) {
          double value = rows[from + d];
          sum[d] += value;
          squares += value * value;
        }
        n++;
      }
    }
    double squareOfSum = 0;
    for (double value : sum) {
      squareOfSum += value * value;
    }
    return n < 2 ? Double.NaN : Math.max(0, 1 - (squareOfSum - squares) / n / (n - 1));
  }
}
