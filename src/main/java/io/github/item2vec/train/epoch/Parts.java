package io.github.item2vec.train.epoch;

import java.io.Serializable;

/**
 * Deals items, which are numbered by falling count, out to P parts: 0 .. P - 1, P - 1 .. 0, and so
 * on, so that each part gets nearly the same share of the occurrences and, for any exponent, of the
 * negative samples. The item of row r in a part is one of r * P .. r * P + P - 1.
 */
public record Parts(int count, int items) implements Serializable {
  /** Part of an item. */
  public int part(int item) {
    int column = item % count;
    return item / count % 2 == 0 ? column : count - 1 - column;
  }

  /** Row of an item in its part. */
  public int row(int item) {
    return item / count;
  }

  /** The item of a row. */
  public int item(int part, int row) {
    return row * count + (row % 2 == 0 ? part : count - 1 - part);
  }

  /** Rows of a part. */
  public int rows(int part) {
    int rows = items / count;
    return item(part, rows) < items ? rows + 1 : rows;
  }
}
