package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Sequence;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which sequences stand for all where {@link Neighbours} are counted: all of them while they have
 * at most {@value #MOST_PAIRS} pairs, else those with the smallest keys, as many as have no more.
 * Keys depend on the items alone: it is the same sample in whatever order sequences come and
 * wherever they are.
 *
 * @param limit of their keys; {@link Long#MAX_VALUE} for all
 */
public record PairSample(long limit) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bounds time (about a second) and memory (8 bytes each at the most). */
  public static final long MOST_PAIRS = 1L << 25;

  private static final long SALT = 0x9a125;

  /** Of a key that choose its bucket. */
  private static final int BUCKET_BITS = 16;

  /** Number of {@link #bucket}s. */
  public static final int BUCKETS = 1 << BUCKET_BITS;

  /**
   * A sequence where sequences themselves are elsewhere.
   *
   * @param pairs of any two of its items, in both orders, an item with itself too
   */
  public record Keyed(long key, long pairs) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of distinct items. */
    public static Keyed of(int[] sequence) {
      return new Keyed(PairSample.key(sequence), PairSample.pairs(sequence));
    }
  }

  private static long key(int[] sequence) {
    return Sequence.of(sequence, SALT).hash() >>> 1;
  }

  /** The pairs of a sequence. */
  public static long pairs(int[] sequence) {
    return (long) sequence.length * sequence.length;
  }

  /** The bucket of a sequence, below {@link #BUCKETS}: rises with its key. */
  public static int bucket(int[] sequence) {
    return bucket(key(sequence));
  }

  private static int bucket(long key) {
    return (int) (key >>> (Long.SIZE - 1 - BUCKET_BITS));
  }

  /** Of sequences in memory. */
  static PairSample of(int[][] sequences, long mostPairs) {
    if (Arrays.stream(sequences).mapToLong(PairSample::pairs).sum() <= mostPairs) {
      return new PairSample(Long.MAX_VALUE);
    }
    return of(Arrays.stream(sequences).map(Keyed::of).toList(), 0, mostPairs);
  }

  /**
   * The bucket in which the sample ends, or {@link #BUCKETS} when all are in it.
   *
   * @param pairs by bucket
   * @param mostPairs {@link #MOST_PAIRS}, but for tests
   */
  public static int lastBucket(long[] pairs, long mostPairs) {
    long sum = 0;
    for (int bucket = 0; bucket < pairs.length; bucket++) {
      sum += pairs[bucket];
      if (sum > mostPairs) {
        return bucket;
      }
    }
    return BUCKETS;
  }

  /**
   * Ends the sample.
   *
   * @param last the sequences of {@link #lastBucket}
   * @param pairs by bucket
   * @param mostPairs {@link #MOST_PAIRS}, but for tests
   */
  public static PairSample of(List<Keyed> last, long[] pairs, long mostPairs) {
    long before = Arrays.stream(pairs, 0, lastBucket(pairs, mostPairs)).sum();
    return last.isEmpty() ? new PairSample(Long.MAX_VALUE) : of(last, before, mostPairs);
  }

  /** Some with more pairs than there may be, when those before them are in; one is in always. */
  private static PairSample of(List<Keyed> some, long before, long mostPairs) {
    List<Keyed> sorted = some.stream().sorted(Comparator.comparingLong(Keyed::key)).toList();
    long sum = before;
    for (Keyed next : sorted) {
      sum += next.pairs();
      if (sum > mostPairs) {
        boolean first = before == 0 && next.key() == sorted.get(0).key();
        return new PairSample(first ? next.key() + 1 : next.key());
      }
    }
    return new PairSample(Long.MAX_VALUE);
  }

  /** Whether a sequence is in the sample. */
  public boolean chooses(int[] sequence) {
    return limit == Long.MAX_VALUE || key(sequence) < limit;
  }
}
