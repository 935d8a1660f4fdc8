package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Mixing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sequences of a training, some of which hide their tails until late: on these it is then
 * measured what the order of a history says, with vectors that have not seen them. One sequence in
 * five, by its hash, and at most {@value #MOST}.
 */
public final class Histories {
  /** Fewer say too little: nothing is hidden and nothing measured. */
  static final int FEWEST = 50;

  static final int MOST = 2_000;
  static final int ONE_IN = 5;

  /** The last fifth of the epochs sees all. */
  private static final int JOIN = 5;

  /** Mixed with a sequence's hash, so that the choice depends on nothing else. */
  static final long SALT = 0x7a11;

  private final int[][] whole;
  private final int[][] early;
  private final int[] chosen;

  /**
   * @param sequences of distinct items, two at least, oldest first, in an order that depends on
   *     them and the seed alone
   */
  public Histories(int[][] sequences, long seed) {
    this.whole = sequences;
    int[] some = choose(sequences, Mixing.mix(seed, SALT));
    this.chosen = some.length < FEWEST ? new int[0] : some;
    int[][] cut = sequences.clone();
    for (int i : chosen) {
      cut[i] = Arrays.copyOf(cut[i], cut[i].length - hidden(cut[i].length));
    }
    this.early = Arrays.stream(cut).filter(items -> items.length > 1).toArray(int[][]::new);
  }

  private static int[] choose(int[][] sequences, long seed) {
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < sequences.length && some.size() < MOST; i++) {
      if (Long.remainderUnsigned(Mixing.mix(seed, Arrays.hashCode(sequences[i])), ONE_IN) == 0) {
        some.add(i);
      }
    }
    return some.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The epoch, from 0, that is the first to see all. */
  static int joinEpoch(int epochs) {
    return epochs - Math.max(1, epochs / JOIN);
  }

  /** How many items a chosen sequence of so many hides. */
  static int hidden(int length) {
    return Math.min(length / 2, Math.max(3, length / 4));
  }

  /** Whether there are enough to measure on. */
  public boolean measurable() {
    return chosen.length > 0;
  }

  /** All sequences. */
  public int[][] whole() {
    return whole;
  }

  /** The sequences without what is hidden, those that keep two items at least. */
  public int[][] early() {
    return early;
  }

  /** The chosen sequences, whole. */
  int[][] chosen() {
    return Arrays.stream(chosen).mapToObj(i -> whole[i]).toArray(int[][]::new);
  }
}
