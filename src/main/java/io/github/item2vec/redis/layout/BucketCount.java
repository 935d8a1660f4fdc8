package io.github.item2vec.redis.layout;

/** How many buckets a generation has: about {@link ValueLayout#BUCKET_USERS} users each. Pure. */
public final class BucketCount {
  private BucketCount() {}

  /**
   * A number that the tasks share evenly when rows are dealt out by user, so that one task has all
   * users of a bucket.
   *
   * @param tasks 0 when rows are taken as they lie
   */
  public static int count(long users, long tasks) {
    long sharing = Math.max(tasks, 1);
    long each = ceil(Math.max(users, 1), sharing * ValueLayout.BUCKET_USERS);
    return Math.toIntExact(sharing * each);
  }

  private static long ceil(long value, long divisor) {
    return (value + divisor - 1) / divisor;
  }
}
