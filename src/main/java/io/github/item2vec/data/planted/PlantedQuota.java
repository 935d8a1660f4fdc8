package io.github.item2vec.data.planted;

import java.io.Serializable;

/**
 * How many rows each user has, in closed form: the same floor for all, and the rest by a power law
 * of the user's rank, telescoping to the exact total. No array, so any number of users.
 */
record PlantedQuota(long users, long floor, long rest, double power, long stride)
    implements Serializable {
  /** The share of the mean that every user has; with power 4 ML-100k's size gives 20 to 360. */
  private static final double FLOOR_SHARE = 0.19;

  private static final double MAX_POWER = 4;

  static PlantedQuota of(long users, int items, long rows) {
    long floor = (long) (FLOOR_SHARE * rows / users);
    long rest = rows - floor * users;
    // the steepest user has floor + power * rest / users rows, rounded up: at most every item
    double power = Math.min(MAX_POWER, (items - 1.0 - floor) * users / rest);
    if (power <= 1) {
      floor = rows / users;
      rest = rows - floor * users;
      power = 1;
    }
    return new PlantedQuota(users, floor, rest, power, stride(users));
  }

  /** The rows of a user; ranks are scattered over the users. */
  long of(long user) {
    long rank = user * stride % users;
    return floor + upTo(rank + 1) - upTo(rank);
  }

  private long upTo(long rank) {
    if (power == 1) {
      return Math.min(rank, rest);
    }
    return (long) (rest * StrictMath.pow((double) rank / users, power));
  }

  /** About the golden section of n, without a common divisor: a permutation of 0 to n - 1. */
  private static long stride(long n) {
    long stride = Math.max(1, (long) (n * 0.618));
    while (divisor(stride, n) != 1) {
      stride++;
    }
    return stride;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
