package io.github.item2vec.redis;

/**
 * How many buckets a generation has and how many tasks fill them: about {@link
 * ValueLayout#BUCKET_USERS} users a bucket, and a number of buckets that the tasks share evenly, so
 * that one task has all users of a bucket. Driver only.
 */
record Buckets(int count, int tasks) {
  private static final long TASK_USERS = 50_000;

  static Buckets of(long users) {
    return of(users, 0);
  }

  /**
   * @param maxTasks 0 for no limit
   */
  static Buckets of(long users, long maxTasks) {
    long wanted = ceil(Math.max(users, 1), TASK_USERS);
    long tasks = maxTasks > 0 ? Math.min(maxTasks, wanted) : wanted;
    long each = ceil(Math.max(users, 1), tasks * ValueLayout.BUCKET_USERS);
    return new Buckets(Math.toIntExact(tasks * each), Math.toIntExact(tasks));
  }

  private static long ceil(long value, long divisor) {
    return (value + divisor - 1) / divisor;
  }
}
