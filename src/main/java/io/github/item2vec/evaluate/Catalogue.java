package io.github.item2vec.evaluate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The items of the train part with how often they stand there: what coverage, novelty, popularity
 * share and segments are measured by, and, where it has vectors, diversity. Travels in a broadcast.
 *
 * <p>An item's novelty is its self-information, -log2(its occurrences / all occurrences), in bits
 * (Zhou et al., "Solving the apparent diversity-accuracy dilemma of recommender systems", 2010);
 * the popular items are the first tenth of the catalogue by count, rounded up.
 */
public final class Catalogue implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<ItemSegment> OLD =
      List.of(ItemSegment.HEAD, ItemSegment.MIDDLE, ItemSegment.TAIL);

  private final Map<String, Integer> ranks;
  private final double[] novelties;
  private final int popular;

  /** Items in each segment but the new ones, and their shares of the rows. */
  private final int[] segmentItems = new int[OLD.size()];

  private final double[] segmentShares = new double[segmentItems.length];

  /** Null without vectors. */
  private final UnitVectors vectors;

  /**
   * Without vectors.
   *
   * @param items distinct, by falling count, ties in a fixed order
   * @param counts occurrences of each, >= 1
   * @throws IllegalArgumentException when the counts rise, are below 1 or not as many as the items
   */
  public Catalogue(List<String> items, long[] counts) {
    this(items, counts, null);
  }

  private Catalogue(List<String> items, long[] counts, UnitVectors vectors) {
    if (items.size() != counts.length) {
      throw new IllegalArgumentException(
          "%d items, %d counts".formatted(items.size(), counts.length));
    }
    this.ranks = new HashMap<>(2 * items.size());
    this.novelties = new double[counts.length];
    this.popular = (counts.length + 9) / 10;
    this.vectors = vectors;
    long all = LongStream.of(counts).sum();
    long before = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1 || (i > 0 && counts[i] > counts[i - 1])) {
        throw new IllegalArgumentException(
            "item '%s' occurs %d times: must be >= 1 and falling"
                .formatted(items.get(i), counts[i]));
      }
      ranks.put(items.get(i), i);
      novelties[i] = StrictMath.log((double) all / counts[i]) / StrictMath.log(2);
      int segment = ItemSegment.of(before, all).index();
      segmentItems[segment]++;
      segmentShares[segment] += (double) counts[i] / all;
      before += counts[i];
    }
  }

  /**
   * A catalogue by whose vectors lists are also measured for diversity.
   *
   * @param items as for the constructor, as are the counts
   * @param vector of an item, all of one length; null for an item without one. Copied.
   * @throws IllegalArgumentException as the constructor, or when the lengths differ
   */
  public static Catalogue withVectors(
      List<String> items, long[] counts, Function<String, float[]> vector) {
    return new Catalogue(items, counts, UnitVectors.of(items, vector));
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

  /** The segment of an item by its rank; below 0 it is a new one. */
  ItemSegment segment(int rank) {
    int bound = 0;
    for (ItemSegment segment : rank < 0 ? List.<ItemSegment>of() : OLD) {
      bound += items(segment);
      if (rank < bound) {
        return segment;
      }
    }
    return ItemSegment.NEW;
  }

  /** Items of a segment, which is not that of the new ones. */
  int items(ItemSegment segment) {
    return segmentItems[segment.index()];
  }

  /** Their share of the rows. */
  double rowShare(ItemSegment segment) {
    return segmentShares[segment.index()];
  }

  /**
   * How far the items of a list are from each other, see {@link UnitVectors#meanDistance}; NaN
   * without vectors.
   */
  double meanDistance(int[] ranks, int k) {
    return vectors == null ? Double.NaN : vectors.meanDistance(ranks, k);
  }
}
