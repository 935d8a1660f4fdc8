package io.github.item2vec.recommend;

/** Whether a user is recommended items of the user's own context. */
public enum Seen {
  LEAVE_OUT,
  KEEP
}
