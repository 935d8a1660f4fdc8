package io.github.item2vec.data;

import java.io.Serializable;

/**
 * Where user, item, rating and timestamp stand in a row; resolved on the driver, used in tasks.
 *
 * @param rating {@link #ABSENT} when every row counts as liked
 * @param timestamp {@link #ABSENT} when the input has none and the order does not need it
 */
record ColumnPositions(int user, int item, int rating, int timestamp) implements Serializable {
  static final int ABSENT = -1;

  /** The number of fields a row needs. */
  int width() {
    return 1 + Math.max(Math.max(user, item), Math.max(rating, timestamp));
  }

  /** In the order of {@link ColumnRole}. */
  int of(ColumnRole role) {
    return switch (role) {
      case USER -> user;
      case ITEM -> item;
      case RATING -> rating;
      case TIMESTAMP -> timestamp;
    };
  }
}
