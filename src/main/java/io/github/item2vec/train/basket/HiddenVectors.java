package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.Block;
import java.util.Arrays;
import java.util.List;

/** The hidden vectors of a batch as a matrix, as it is and turned. */
final class HiddenVectors {
  private static final int BASKETS = BatchMath.BASKETS;

  private final int columns;
  private final float[] byBasket;
  private final float[] byColumn;

  HiddenVectors(int columns) {
    this.columns = columns;
    this.byBasket = new float[columns * BASKETS];
    this.byColumn = new float[columns * BASKETS];
  }

  int columns() {
    return columns;
  }

  /** Takes over the hidden vectors; those missing in a smaller batch become zeros. */
  void pack(List<Basket> batch) {
    if (batch.size() < BASKETS) {
      Arrays.fill(byBasket, 0);
      Arrays.fill(byColumn, 0);
    }
    for (int b = 0; b < batch.size(); b++) {
      float[] hidden = batch.get(b).hidden;
      System.arraycopy(hidden, 0, byBasket, b * columns, columns);
      for (int d = 0; d < columns; d++) {
        byColumn[d * BASKETS + b] = hidden[d];
      }
    }
  }

  /** A row per basket. */
  Block byBasket() {
    return new Block(byBasket, 0, columns);
  }

  /** A row per column of the hidden vectors. */
  Block byColumn() {
    return new Block(byColumn, 0, BASKETS);
  }
}
