package io.github.item2vec.tune;

/** Which values of a study are good. */
public enum Direction {
  /** Small ones. */
  MINIMIZE(1, 1),
  /** Large ones. */
  MAXIMIZE(2, -1);

  private final int code;
  private final int sign;

  Direction(int code, int sign) {
    this.code = code;
    this.sign = sign;
  }

  /** The number in Optuna's journal. */
  int code() {
    return code;
  }

  static Direction of(int code) {
    return code == MAXIMIZE.code ? MAXIMIZE : MINIMIZE;
  }

  /** A cost: smaller is better whatever the direction. */
  double cost(double value) {
    return sign * value;
  }

  /** Whether {@code value} is strictly better than {@code other}. */
  public boolean better(double value, double other) {
    return cost(value) < cost(other);
  }
}
