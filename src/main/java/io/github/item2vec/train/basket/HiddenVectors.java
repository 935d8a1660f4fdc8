package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.Block;
import java.util.Arrays;
import java.util.List;

/** The hidden vectors of a batch as a matrix, packed for both products that it takes part in. */
final class HiddenVectors {
  private final int columns;

  /** Baskets, filled up with zeros to whole blocks. */
  private final int width;

  /** {@code byBasket[(b / 16 * columns + d) * 16 + b % 16]} is the d-th value of basket b. */
  private final float[] byBasket;

  /** {@code byColumn[(d / 16 * width + b) * 16 + d % 16]} is the d-th value of basket b. */
  private final float[] byColumn;

  HiddenVectors(int baskets, int columns) {
    this.columns = columns;
    this.width = BatchMath.padded(baskets);
    this.byBasket = new float[columns * width];
    this.byColumn = new float[columns * width];
  }

  int columns() {
    return columns;
  }

  int width() {
    return width;
  }

  /** Takes over the hidden vectors; those missing up to the width become zeros. */
  void pack(List<Basket> batch) {
    if (batch.size() < width) {
      Arrays.fill(byBasket, 0);
      Arrays.fill(byColumn, 0);
    }
    for (int b = 0; b < batch.size(); b++) {
      float[] hidden = batch.get(b).hidden;
      int to = b / BatchMath.COLUMNS * columns * BatchMath.COLUMNS + b % BatchMath.COLUMNS;
      for (int d = 0; d < columns; d++) {
        byBasket[to + d * BatchMath.COLUMNS] = hidden[d];
      }
      for (int d = 0; d < columns; d += BatchMath.COLUMNS) {
        System.arraycopy(hidden, d, byColumn, d * width + b * BatchMath.COLUMNS, BatchMath.COLUMNS);
      }
    }
  }

  /** Baskets b .. b + 15: a row per column of the hidden vectors. */
  Block baskets(int b) {
    return Block.of(byBasket, b * columns, BatchMath.COLUMNS);
  }

  /** Columns d .. d + 15 of the hidden vectors: a row per basket. */
  Block columns(int d) {
    return Block.of(byColumn, d * width, BatchMath.COLUMNS);
  }
}
