package io.github.item2vec.recommend;

import io.github.item2vec.math.ScoreMath;
import java.io.Serializable;

/** How lists are made; captured by tasks. */
record ListSettings(int k, ColdUsers coldUsers, Seen seen, Scores scores) implements Serializable {
  /** Most users of a block: enough that reading the items costs little beside multiplying them. */
  private static final int MOST_USERS = 512;

  /** Most profile values, and most heap entries, of a block. */
  private static final int MOST_VALUES = 1 << 20;

  ListSettings seen(Seen value) {
    return new ListSettings(k, coldUsers, value, scores);
  }

  ListSettings scores(Scores value) {
    return new ListSettings(k, coldUsers, seen, value);
  }

  /** A block for scoring with these items. */
  ScoredBlock block(CandidateItems items) {
    int length = Math.max(1, Math.min(k, items.size()));
    return new ScoredBlock(
        ScoreMath.best(),
        users(items.columns(), length),
        length,
        items.columns(),
        scores == Scores.PROBABILITY);
  }

  static int users(int columns, int length) {
    int fit = MOST_VALUES / Math.max(columns, length);
    return Math.max(ScoreMath.USERS, Math.min(MOST_USERS, fit));
  }
}
