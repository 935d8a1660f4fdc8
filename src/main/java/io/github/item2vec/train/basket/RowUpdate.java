package io.github.item2vec.train.basket;

/** Takes the gradient of a batch by one row; any thread, each row at most once in a batch. */
interface RowUpdate {
  /** Tells that a batch is about to read a row; with the full softmax, of the contexts' items. */
  default void before(int row) {}

  /**
   * A row's gradient.
   *
   * @param row a candidate or an item, as the caller says
   * @param gradient from {@code at} on; may be changed, not kept
   */
  void row(int row, float[] gradient, int at);
}
