package io.github.item2vec.train.epoch;

/** Numbers to well-spread 64-bit seeds and hashes, the same on every machine. */
public final class Mixing {
  /** 2^64 over the golden ratio, as in SplittableRandom: spreads counters over all bits. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Mixing() {}

  /** The seed or hash of what {@code sum} stands for, followed by one more number. */
  public static long mix(long sum, long next) {
    return finish(sum * GOLDEN + next + 1);
  }

  /** MurmurHash3's 64-bit finaliser. */
  private static long finish(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
