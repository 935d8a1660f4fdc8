package io.github.item2vec.evaluate;

import java.io.Serializable;
import java.util.Map;

/**
 * What is counted, at one cut-off, of the places that items of the catalogue have in the lists of
 * one partition, or of all. Travels from tasks to the driver.
 */
final class CatalogueTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ItemCounts items = new ItemCounts();
  private final ExactSums novelty = new ExactSums(1);
  private final ExactSums diversity = new ExactSums(1);

  /** Lists with an item of the catalogue, and those with two or more that have vectors. */
  private long lists;

  private long diverse;
  private long places;
  private long popular;

  /**
   * Adds a list.
   *
   * @param ranks of its items, best first; below 0 for a place without an item of the catalogue
   * @param k places that count
   */
  void add(int[] ranks, int k, Catalogue catalogue) {
    long before = places;
    for (int place = 0; place < Math.min(k, ranks.length); place++) {
      int rank = ranks[place];
      if (rank >= 0) {
        places++;
        popular += catalogue.popular(rank) ? 1 : 0;
        items.add(rank);
        novelty.add(0, ExactSums.fixed(catalogue.novelty(rank)), 1);
      }
    }
    lists += places > before ? 1 : 0;
    double distance = catalogue.meanDistance(ranks, k);
    if (!Double.isNaN(distance)) {
      diverse++;
      diversity.add(0, ExactSums.fixed(distance), 1);
    }
  }

  void addAll(CatalogueTotals other) {
    items.addAll(other.items);
    novelty.addAll(other.novelty);
    diversity.addAll(other.diversity);
    lists += other.lists;
    diverse += other.diverse;
    places += other.places;
    popular += other.popular;
  }

  /** Puts what can be said of these lists, see {@link TopKEvaluator}. */
  void put(Map<String, Double> metrics, int k, Catalogue catalogue) {
    String at = "@" + k;
    if (catalogue.size() > 0) {
      metrics.put("coverage" + at, (double) items.distinct() / catalogue.size());
    }
    if (places > 0) {
      metrics.put("novelty" + at, novelty.sum(0) / places);
      metrics.put("popularity-share" + at, (double) popular / places);
    }
    if (diverse > 0) {
      metrics.put("diversity" + at, diversity.sum(0) / diverse);
    }
    if (lists > 1) {
      metrics.put(
          "personalization" + at, 1 - items.sharedPairs() / ((double) lists * (lists - 1) * k));
    }
    if (places > 0 && catalogue.size() > 1) {
      metrics.put("gini" + at, items.gini(catalogue.size()));
    }
  }
}
