package io.github.item2vec.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The metrics of lists by segment. A segment without users, or without items and held-out items, is
 * left out.
 *
 * @param k the cut-off of all of them
 * @param users by activity, the least active first; empty when the train part is not known
 * @param items by popularity, the head first; empty without a catalogue
 */
public record Segments(int k, List<Users> users, List<Items> items) {
  /**
   * The evaluated users who have so many rows in the train part.
   *
   * @param trainRows such as {@code 5-19}
   * @param users the denominator of the means
   * @param metrics their means, each {@link RankingMetric} at k
   * @param errors the standard errors of the means: sample standard deviation / sqrt(users); empty
   *     for a single user
   */
  public record Users(
      String trainRows, long users, Map<String, Double> metrics, Map<String, Double> errors) {
    private static Users of(UserSegment segment, SegmentTotals totals) {
      long users = totals.users[segment.index()];
      Map<String, Double> metrics = new LinkedHashMap<>();
      Map<String, Double> errors = new LinkedHashMap<>();
      for (RankingMetric metric : RankingMetric.values()) {
        metrics.put(metric.at(RankingMetric.K), totals.mean(segment, metric));
        if (users > 1) {
          errors.put(metric.at(RankingMetric.K), totals.error(segment, metric));
        }
      }
      return new Users(segment.label(), users, metrics, errors);
    }
  }

  /**
   * The items of one part of the popularity order.
   *
   * @param segment head, middle, tail, or new: not in the train part
   * @param items of the catalogue; null for new ones
   * @param rowShare their share of the rows of the train part, 0 to 1; null for new ones
   * @param heldOut pairs of an evaluated user and a held-out item
   * @param hits those of them in the first k of the user's list
   * @param recall hits / heldOut: over pairs, not a mean over users, so that each held-out item
   *     counts the same; as Steck, "Item Popularity and Recommendation Accuracy", RecSys 2011, has
   *     it, without its weights; null when none is held out
   * @param placeShare share of the first k places of all lists, 0 to 1; null when there are none
   */
  public record Items(
      String segment,
      Integer items,
      Double rowShare,
      long heldOut,
      long hits,
      Double recall,
      Double placeShare) {
    private static Items of(ItemSegment segment, SegmentTotals totals, Catalogue catalogue) {
      int at = segment.index();
      boolean known = segment != ItemSegment.NEW;
      long heldOut = totals.heldOut[at];
      long all = LongStream.of(totals.places).sum();
      return new Items(
          segment.label(),
          known ? catalogue.items(segment) : null,
          known ? catalogue.rowShare(segment) : null,
          heldOut,
          totals.hits[at],
          heldOut == 0 ? null : (double) totals.hits[at] / heldOut,
          all == 0 ? null : (double) totals.places[at] / all);
    }

    private boolean empty() {
      return heldOut == 0
          && (items == null || items == 0)
          && (placeShare == null || placeShare == 0);
    }
  }

  static Segments of(SegmentTotals totals, Catalogue catalogue) {
    return new Segments(
        RankingMetric.K,
        Stream.of(UserSegment.values())
            .filter(segment -> totals.users[segment.index()] > 0)
            .map(segment -> Users.of(segment, totals))
            .toList(),
        catalogue == null
            ? List.of()
            : Stream.of(ItemSegment.values())
                .map(segment -> Items.of(segment, totals, catalogue))
                .filter(items -> !items.empty())
                .toList());
  }
}
