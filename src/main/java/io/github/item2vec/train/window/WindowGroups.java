package io.github.item2vec.train.window;

import io.github.item2vec.math.IntList;
import io.github.item2vec.train.epoch.Parts;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The windows of some sequences as groups (target, number of contexts, contexts), sorted into P x P
 * lists by the parts of contexts and target; items are named by their rows in these parts. Windows
 * are laid as gensim 4.4.0 does: down-sampled items are gone before, and each target draws its
 * radius from 1 .. windowSize.
 */
public final class WindowGroups {
  private final Parts parts;
  private final int windowSize;
  private final boolean shrinkWindows;
  private final IntList[] lists;
  private final int[] heads;

  /** Of the sequence at hand, by position. */
  private int[] partsOf = {};

  private int[] rowsOf = {};
  private long pairs;

  WindowGroups(Parts parts, int windowSize, boolean shrinkWindows) {
    this.parts = parts;
    this.windowSize = windowSize;
    this.shrinkWindows = shrinkWindows;
    this.lists = new IntList[parts.count() * parts.count()];
    Arrays.setAll(lists, i -> new IntList());
    this.heads = new int[parts.count()];
  }

  /** Groups whose contexts are in one part and whose targets in another. */
  public IntList of(int contextPart, int targetPart) {
    return lists[contextPart * parts.count() + targetPart];
  }

  /** Pairs of context and target laid since the last clear. */
  public long pairs() {
    return pairs;
  }

  /** Pairs of some groups. */
  public static long pairs(IntList groups) {
    long pairs = 0;
    for (int at = 0; at < groups.size(); at += 2 + groups.get(at + 1)) {
      pairs += groups.get(at + 1);
    }
    return pairs;
  }

  public void clear() {
    for (IntList list : lists) {
      list.clear();
    }
    pairs = 0;
  }

  /** Lays the windows of a sequence. */
  void add(int[] items, SplittableRandom random) {
    if (parts.count() > 1) {
      find(items);
    }
    for (int target = 0; target < items.length; target++) {
      int radius = shrinkWindows ? windowSize - random.nextInt(windowSize) : windowSize;
      int from = Math.max(0, target - radius);
      int to = (int) Math.min(items.length, (long) target + radius + 1);
      if (parts.count() == 1) {
        addWhole(items, from, target, to);
      } else {
        Arrays.fill(heads, -1);
        addContexts(from, target, target);
        addContexts(target + 1, to, target);
      }
      pairs += to - from - 1;
    }
  }

  /** In one part, whose rows are the items. */
  private void addWhole(int[] items, int from, int target, int to) {
    if (to - from > 1) {
      lists[0].add(items[target]);
      lists[0].add(to - from - 1);
      lists[0].addAll(items, from, target);
      lists[0].addAll(items, target + 1, to);
    }
  }

  private void find(int[] items) {
    if (partsOf.length < items.length) {
      partsOf = new int[items.length];
      rowsOf = new int[items.length];
    }
    for (int i = 0; i < items.length; i++) {
      partsOf[i] = parts.part(items[i]);
      rowsOf[i] = parts.row(items[i]);
    }
  }

  private void addContexts(int from, int to, int target) {
    for (int i = from; i < to; i++) {
      int part = partsOf[i];
      IntList list = of(part, partsOf[target]);
      if (heads[part] < 0) {
        list.add(rowsOf[target]);
        heads[part] = list.size();
        list.add(0);
      }
      list.add(rowsOf[i]);
      list.set(heads[part], list.get(heads[part]) + 1);
    }
  }
}
