package io.github.item2vec.train.epoch;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A sequence as tasks train it, with a hash that gives it its place among all sequences: the place
 * depends on its items and a seed alone, not on how the rows arrived.
 */
public final class Sequence implements Serializable, Comparable<Sequence> {
  private static final long serialVersionUID = 1L;
  private static final int[] NONE = {};

  private final long hash;
  private final int[] items;
  private final int[] heldOut;

  private Sequence(long hash, int[] items, int[] heldOut) {
    this.hash = hash;
    this.items = items;
    this.heldOut = heldOut;
  }

  public static Sequence of(int[] items, long seed) {
    return of(items, NONE, seed);
  }

  /**
   * A sequence and its hash, which decides its slot.
   *
   * @param heldOut items that validation wants to see predicted; empty for none
   */
  public static Sequence of(int[] items, int[] heldOut, long seed) {
    long hash = Mixing.mix(seed, items.length);
    for (int item : items) {
      hash = Mixing.mix(hash, item);
    }
    return new Sequence(hash, items, heldOut);
  }

  public long hash() {
    return hash;
  }

  public int[] items() {
    return items;
  }

  public int[] heldOut() {
    return heldOut;
  }

  /** By hash, as unsigned numbers; equal hashes by items, then by what is held out. */
  @Override
  public int compareTo(Sequence other) {
    int byHash = Long.compareUnsigned(hash, other.hash);
    int byItems = byHash != 0 ? byHash : Arrays.compare(items, other.items);
    return byItems != 0 ? byItems : Arrays.compare(heldOut, other.heldOut);
  }

  public boolean hasItemsOf(Sequence other) {
    return hash == other.hash && Arrays.equals(items, other.items);
  }
}
