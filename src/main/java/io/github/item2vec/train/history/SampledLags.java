package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * {@link HistoryFit} of lags for a training whose vectors are in many tasks: with the rows of the
 * chosen sequences' items and of {@value #MOST_OTHERS} others, drawn with equal probability. These
 * stand for all items where what comes next is told from what does not.
 */
public final class SampledLags {
  /** Some 20 MB of vectors. */
  static final int MOST_OTHERS = 20_000;

  private final int[][] sequences;
  private final int[] items;
  private final long seed;

  /**
   * @param chosen {@link HiddenTails#chosen}, sorted
   * @param all how many items there are
   */
  public SampledLags(List<Sequence> chosen, int all, long seed) {
    this.seed = Mixing.mix(seed, HistoryModel.SALT);
    this.sequences = chosen.stream().map(HiddenTails::distinct).toArray(int[][]::new);
    IntStream own = Arrays.stream(sequences).flatMapToInt(Arrays::stream);
    this.items = IntStream.concat(own, others(all, this.seed)).sorted().distinct().toArray();
  }

  private static IntStream others(int all, long seed) {
    return all <= MOST_OTHERS
        ? IntStream.range(0, all)
        : new SplittableRandom(Mixing.mix(seed, 3)).ints(MOST_OTHERS, 0, all);
  }

  /** The items whose rows are needed, rising. */
  public int[] items() {
    return items;
  }

  /**
   * Measures.
   *
   * @param input vectors of {@link #items}, padded, of a training that has not seen the tails
   * @param output likewise
   * @return even ones where order says nothing
   */
  public Lags fit(float[][] input, float[][] output, Workers workers) {
    int[][] numbered =
        Arrays.stream(sequences)
            .map(s -> IntStream.of(s).map(item -> Arrays.binarySearch(items, item)).toArray())
            .toArray(int[][]::new);
    return HistoryFit.lags(numbered, input, output, seed, workers);
  }
}
