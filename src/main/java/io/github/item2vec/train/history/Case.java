package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Mixing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A moment in a history: what the user had then, and what came next.
 *
 * @param user number of the history
 * @param context oldest first, one item at least
 * @param targets the next {@value #NEXT} items, or as many as there are, one at least
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Case(int user, int[] context, int[] targets) {
  static final int NEXT = 3;

  /** Moments per history. */
  private static final int MOST_CUTS = 5;

  /**
   * Moments within the tails: where each begins, and some later ones at random.
   *
   * @param histories chosen ones, whole
   * @param most of all
   */
  static List<Case> of(int[][] histories, int most, long seed) {
    List<Case> cases = new ArrayList<>();
    for (int user = 0; user < histories.length && cases.size() < most; user++) {
      int[] items = histories[user];
      int first = items.length - Histories.hidden(items.length);
      SplittableRandom random = new SplittableRandom(Mixing.mix(seed, user));
      int[] later = IntStream.range(first + 1, items.length).toArray();
      int picked = Math.min(MOST_CUTS - 1, later.length);
      for (int i = 0; i < picked; i++) {
        int j = i + random.nextInt(later.length - i);
        int cut = later[j];
        later[j] = later[i];
        later[i] = cut;
      }
      cases.add(at(user, items, first));
      Arrays.sort(later, 0, picked);
      for (int i = 0; i < picked; i++) {
        cases.add(at(user, items, later[i]));
      }
    }
    return cases;
  }

  private static Case at(int user, int[] items, int cut) {
    return new Case(
        user,
        Arrays.copyOf(items, cut),
        Arrays.copyOfRange(items, cut, Math.min(items.length, cut + NEXT)));
  }
}
