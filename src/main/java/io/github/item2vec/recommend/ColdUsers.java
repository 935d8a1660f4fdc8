package io.github.item2vec.recommend;

/** What a user gets whose context holds no item with a vector. */
public enum ColdUsers {
  /** The popularity list, without the items already seen. */
  POPULAR,
  /** No list: the user has no row in the result. */
  SKIP
}
