package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import java.util.Arrays;
import java.util.List;

/** The hidden vectors of a batch as a matrix, packed for both products that it takes part in. */
final class HiddenVectors {
  private final int columns;

  /** {@code byBasket[(b / 16 * columns + d) * 16 + b % 16]} is the d-th value of basket b. */
  private final float[] byBasket;

  /** {@code byColumn[(d / 16 * 64 + b) * 16 + d % 16]} is the d-th value of basket b. */
  private final float[] byColumn;

  HiddenVectors(int columns) {
    this.columns = columns;
    this.byBasket = new float[columns * BatchMath.BASKETS];
    this.byColumn = new float[columns * BatchMath.BASKETS];
  }

  int columns() {
    return columns;
  }

  /** Takes over the hidden vectors; those missing in a smaller batch become zeros. */
  void pack(List<Basket> batch) {
    if (batch.size() < BatchMath.BASKETS) {
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
        int place = d * BatchMath.BASKETS + b * BatchMath.COLUMNS;
        System.arraycopy(hidden, d, byColumn, place, BatchMath.COLUMNS);
      }
    }
  }

  /** Baskets b .. b + 15 lie from b * columns on: a row per column of the hidden vectors. */
  float[] byBasket() {
    return byBasket;
  }

  /** Columns d .. d + 15 of the hidden vectors lie from d * 64 on: a row per basket. */
  float[] byColumn() {
    return byColumn;
  }
}
