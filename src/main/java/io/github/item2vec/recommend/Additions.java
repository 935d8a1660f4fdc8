package io.github.item2vec.recommend;

import java.util.Arrays;

/**
 * What the contexts of a block of users add to scores by the tables of a {@link ProfileRule}, as
 * entries by tile of items: within a tile one user after another, in the order in which they are
 * read when the tile is scored. So entries are written once and read once, both times forwards, and
 * scores are added to while they are in the first cache. Not thread-safe; 8 bytes per entry.
 */
final class Additions {
  /** More entries than that are enough for a block: 32 MB. */
  private static final int ENOUGH = 1 << 22;

  private static final long[] NONE = {};

  private final int shift;

  /** By tile: an item's place in the tile and what it gains, as in an {@link ItemTable}. */
  private long[][] entries = {};

  private int[] sizes = {};

  /** By tile: where each user's entries end. */
  private int[][] ends = {};

  private final int most;
  private int users;
  private int whole;

  /** What {@link ProfileRule#touch} has read, lest it be left out as of no use. */
  @SuppressWarnings("UnusedVariable")
  private long touched;

  /**
   * @param shift logarithm to base 2 of the items of a tile
   * @param most users of a block
   */
  Additions(int shift, int most) {
    this.shift = shift;
    this.most = most;
  }

  void clear() {
    Arrays.fill(sizes, 0);
    users = 0;
    whole = 0;
  }

  /** Whether there is so much already that the block should be scored. */
  boolean enough() {
    return whole >= ENOUGH;
  }

  /**
   * Takes in the next user's.
   *
   * @param rule its tables' rows and columns are places
   * @param context places of the known items of the context, in its order
   */
  void add(ProfileRule rule, int[] context) {
    if (!rule.addsNothing()) {
      reach(rule.transitions().items());
      touched ^= rule.touch(context);
      rule.add(context, this);
    }
    for (int tile = 0; tile < sizes.length; tile++) {
      ends[tile][users] = sizes[tile];
    }
    users++;
  }

  /** Makes tiles for so many items; users before have nothing there. */
  private void reach(int items) {
    int tiles = (items + (1 << shift) - 1) >>> shift;
    int before = sizes.length;
    if (tiles > before) {
      entries = Arrays.copyOf(entries, tiles);
      Arrays.fill(entries, before, tiles, NONE);
      sizes = Arrays.copyOf(sizes, tiles);
      ends = Arrays.copyOf(ends, tiles);
      for (int tile = before; tile < tiles; tile++) {
        ends[tile] = new int[most];
      }
    }
  }

  /** Adds a row of an {@link ItemTable}, from .. to - 1 of its entries, times a factor. */
  void addRow(long[] row, int from, int to, float factor) {
    whole += to - from;
    long[][] tiles = entries;
    int[] used = sizes;
    int tileShift = shift;
    int mask = (1 << tileShift) - 1;
    for (int i = from; i < to; i++) {
      long entry = row[i];
      int column = ItemTable.columnOf(entry);
      int tile = column >>> tileShift;
      int size = used[tile];
      long[] some = tiles[tile];
      if (size == some.length) {
        some = grown(tile);
      }
      some[size] = ItemTable.packed(column & mask, factor * ItemTable.valueOf(entry));
      used[tile] = size + 1;
    }
  }

  private long[] grown(int tile) {
    entries[tile] = Arrays.copyOf(entries[tile], Math.max(1 << 10, 2 * entries[tile].length));
    return entries[tile];
  }

  /**
   * Adds to a user's scores of a tile.
   *
   * @param firstItem of the tile
   * @param at where the score of the tile's first item is
   */
  void addTo(int user, int firstItem, float[] scores, int at) {
    int tile = firstItem >>> shift;
    if (tile >= sizes.length) {
      return;
    }
    long[] some = entries[tile];
    int end = ends[tile][user];
    for (int i = user == 0 ? 0 : ends[tile][user - 1]; i < end; i++) {
      scores[at + ItemTable.columnOf(some[i])] += ItemTable.valueOf(some[i]);
    }
  }
}
