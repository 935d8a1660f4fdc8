package io.github.item2vec.recommend;

/** What stands beside the items of a list. */
public enum Scores {
  /** Nothing: the column of scores is null. */
  NONE,
  /** profile . target. */
  PRODUCT,
  /**
   * The softmax of the products over all items with vectors, those seen or not permitted among
   * them, as gensim's {@code predict_output_word} has it. Costs an exponential a user and item.
   */
  PROBABILITY
}
