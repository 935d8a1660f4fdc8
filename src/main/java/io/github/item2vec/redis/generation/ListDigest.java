package io.github.item2vec.redis.generation;

import java.io.Serializable;
import java.util.UUID;

/**
 * Which users have a list, in sixteen bytes: how many, and the sum of a 64-bit hash of each UUID.
 * What tasks wrote and what the server holds are compared by it, in any order and without keeping
 * the keys: a key that is missing, foreign or counted twice changes it (by chance it does not once
 * in 2^64). Used in tasks and on the driver; not thread-safe.
 */
public final class ListDigest implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private long sum;

  public void add(UUID user) {
    count++;
    sum += hash(user);
  }

  public void add(ListDigest other) {
    count += other.count;
    sum += other.sum;
  }

  public long count() {
    return count;
  }

  /** The sum as the generation's description keeps it. */
  String text() {
    return "%016x".formatted(sum);
  }

  /** Whether both stand for the same users. */
  boolean same(ListDigest other) {
    return count == other.count && sum == other.sum;
  }

  static long hash(UUID user) {
    return hash(user.getMostSignificantBits(), user.getLeastSignificantBits());
  }

  /** Of a UUID's two halves. */
  static long hash(long high, long low) {
    return mixed(high + mixed(low));
  }

  /** MurmurHash3's 64-bit finalizer. */
  private static long mixed(long value) {
    long x = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    x = (x ^ (x >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return x ^ (x >>> 33);
  }
}
