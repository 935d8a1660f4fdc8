package io.github.item2vec.evaluate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The items of the train part with how often they stand there: what coverage, novelty and
 * popularity share are measured by. Travels in a broadcast.
 *
 * <p>An item's novelty is its self-information, -log2(its occurrences / all occurrences), in bits
 * (Zhou et al., "Solving the apparent diversity-accuracy dilemma of recommender systems", 2010);
 * the popular items are the first tenth of the catalogue by count, rounded up.
 */
public final class Catalogue implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<String, Integer> ranks;
  private final double[] novelties;
  private final int popular;

  /**
   * @param items distinct, by falling count, ties in a fixed order
   * @param counts occurrences of each, >= 1
   * @throws IllegalArgumentException when the counts rise, are below 1 or not as many as the items
   */
  public Catalogue(List<String> items, long[] counts) {
    if (items.size() != counts.length) {
      throw new IllegalArgumentException(
          "%d items, %d counts".formatted(items.size(), counts.length));
    }
    this.ranks = new HashMap<>(2 * items.size());
    this.novelties = new double[counts.length];
    this.popular = (counts.length + 9) / 10;
    long all = LongStream.of(counts).sum();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1 || (i > 0 && counts[i] > counts[i - 1])) {
        throw new IllegalArgumentException(
            "item '%s' occurs %d times: must be >= 1 and falling"
                .formatted(items.get(i), counts[i]));
      }
      ranks.put(items.get(i), i);
      novelties[i] = StrictMath.log((double) all / counts[i]) / StrictMath.log(2);
    }
  }

  int size() {
    return novelties.length;
  }

  /** By falling count, from 0; -1 for an item that is not in the train part. */
  int rank(String item) {
    return ranks.getOrDefault(item, -1);
  }

  double novelty(int rank) {
    return novelties[rank];
  }

  boolean popular(int rank) {
    return rank < popular;
  }
}
