package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which sequences of a distributed training hide their tails until late, as {@link Histories} does
 * it in one task: one sequence in five, those with the smallest keys, at most {@link
 * Histories#MOST}. Each task knows it of each sequence by itself.
 *
 * @param limit of the keys of chosen sequences; 0 = none is chosen
 * @param joinEpoch before this epoch, from 0, tails are hidden; 0 in a training of one epoch
 */
public record HiddenTails(long seed, long limit, int joinEpoch) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Sequences that are looked at, at most: that many keys are collected. */
  public static final int MOST = Histories.MOST;

  /**
   * Chooses.
   *
   * @param smallest {@link #keys} of all sequences, the {@link #MOST} smallest
   * @param epochs of the training
   */
  public static HiddenTails of(List<Long> smallest, int epochs, long seed) {
    int join = Histories.joinEpoch(epochs);
    boolean measurable = smallest.size() >= Histories.FEWEST;
    long limit = measurable ? smallest.stream().mapToLong(key -> key + 1).max().orElseThrow() : 0;
    return new HiddenTails(seed, limit, measurable ? join : 0);
  }

  /** Keys of those sequences that may be chosen. */
  public static Iterator<Long> keys(Iterator<Sequence> sequences, long seed) {
    List<Long> keys = new ArrayList<>();
    while (sequences.hasNext()) {
      Sequence sequence = sequences.next();
      long key = key(sequence, seed);
      if (key < Long.MAX_VALUE / Histories.ONE_IN && distinct(sequence).length > 1) {
        keys.add(key);
      }
    }
    return keys.iterator();
  }

  private static long key(Sequence sequence, long seed) {
    return Mixing.mix(Mixing.mix(seed, Histories.SALT), sequence.hash()) >>> 1;
  }

  static int[] distinct(Sequence sequence) {
    return Arrays.stream(sequence.items()).distinct().toArray();
  }

  /** Whether there is anything to measure on. */
  public boolean measurable() {
    return limit > 0;
  }

  private boolean chooses(Sequence sequence) {
    return key(sequence, seed) < limit;
  }

  /** The baskets of an epoch: distinct items, oldest first; those that have two at least. */
  public int[][] baskets(Iterator<Sequence> sequences, int epoch) {
    return epoch < joinEpoch ? early(sequences) : whole(sequences);
  }

  /** Baskets of all items. */
  public int[][] whole(Iterator<Sequence> sequences) {
    return baskets(sequences, sequence -> false);
  }

  /** Baskets without what is hidden. */
  public int[][] early(Iterator<Sequence> sequences) {
    return baskets(sequences, this::chooses);
  }

  private static int[][] baskets(Iterator<Sequence> sequences, Predicate<Sequence> hide) {
    List<int[]> baskets = new ArrayList<>();
    while (sequences.hasNext()) {
      Sequence sequence = sequences.next();
      int[] items = distinct(sequence);
      if (hide.test(sequence)) {
        items = Arrays.copyOf(items, items.length - Histories.hidden(items.length));
      }
      if (items.length > 1) {
        baskets.add(items);
      }
    }
    return baskets.toArray(int[][]::new);
  }

  /** How many baskets there are while tails are hidden, and how many afterwards. */
  public int[] countBaskets(Iterator<Sequence> sequences) {
    List<Sequence> all = new ArrayList<>();
    sequences.forEachRemaining(all::add);
    return new int[] {early(all.iterator()).length, whole(all.iterator()).length};
  }

  /** The chosen among some sequences. */
  public Iterator<Sequence> chosen(Iterator<Sequence> sequences) {
    List<Sequence> chosen = new ArrayList<>();
    while (sequences.hasNext()) {
      Sequence sequence = sequences.next();
      if (chooses(sequence) && distinct(sequence).length > 1) {
        chosen.add(sequence);
      }
    }
    return chosen.iterator();
  }
}
