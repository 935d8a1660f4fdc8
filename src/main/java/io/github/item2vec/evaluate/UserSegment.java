package io.github.item2vec.evaluate;

import java.util.stream.Stream;

/**
 * Users by activity: how many rows of the train part are theirs. The bounds are fixed, so that the
 * segments of two runs hold the same users; each reaches about five times as far as the one before.
 */
enum UserSegment {
  NONE("0", 0),
  UP_TO_4("1-4", 1),
  UP_TO_19("5-19", 5),
  UP_TO_99("20-99", 20),
  MORE("100+", 100);

  private static final UserSegment[] ALL = values();

  private final String label;
  private final int from;

  UserSegment(String label, int from) {
    this.label = label;
    this.from = from;
  }

  /** The segment of a user with so many rows, >= 0. */
  static UserSegment of(int trainRows) {
    return Stream.of(ALL)
        .filter(segment -> segment.from <= trainRows)
        .reduce((lower, higher) -> higher)
        .orElseThrow();
  }

  /** The rows, such as {@code 5-19}. */
  String label() {
    return label;
  }

  /** Its place in arrays with one number for each. */
  @SuppressWarnings("EnumOrdinal") // nothing that is stored holds it
  int index() {
    return ordinal();
  }
}
