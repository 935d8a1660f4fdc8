package io.github.item2vec.report;

import io.github.item2vec.recommend.PopularItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How places in lists are spread over the catalogue, beside how the train part's rows are: the
 * items by falling popularity in tenths, and the running shares of both. Driver only.
 *
 * @param rows of the train part
 * @param recommendedItems that have a place in some list
 * @param tenths the most popular first
 */
public record LongTail(
    int items, long rows, long places, int recommendedItems, List<Tenth> tenths, Curve curve) {
  private static final int TENTHS = 10;
  private static final int STEPS = 100;

  /** A tenth of the catalogue, with its shares of all rows and of all places. */
  public record Tenth(int items, int recommendedItems, double rowShare, double placeShare) {}

  /**
   * The running shares of rows and of places at {@value #STEPS} + 1 equally distant shares of the
   * catalogue.
   */
  public record Curve(List<Double> rows, List<Double> places) {}

  /**
   * Counts.
   *
   * @param popular the catalogue with the rows of the train part
   * @param places in lists, by item; items without one may be left out
   */
  public static LongTail of(PopularItems popular, Map<String, Long> places) {
    int n = popular.size();
    double[] rows = new double[n + 1];
    double[] listed = new double[n + 1];
    int[] recommended = new int[n + 1];
    for (int rank = 0; rank < n; rank++) {
      long here = places.getOrDefault(popular.item(rank), 0L);
      rows[rank + 1] = rows[rank] + popular.count(rank);
      listed[rank + 1] = listed[rank] + here;
      recommended[rank + 1] = recommended[rank] + (here > 0 ? 1 : 0);
    }
    List<Tenth> tenths = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      int from = rank(n, tenth, TENTHS);
      int to = rank(n, tenth + 1, TENTHS);
      tenths.add(
          new Tenth(
              to - from,
              recommended[to] - recommended[from],
              share(rows[to] - rows[from], rows[n]),
              share(listed[to] - listed[from], listed[n])));
    }
    List<Double> rowShares = new ArrayList<>();
    List<Double> placeShares = new ArrayList<>();
    for (int step = 0; step <= STEPS; step++) {
      rowShares.add(share(rows[rank(n, step, STEPS)], rows[n]));
      placeShares.add(share(listed[rank(n, step, STEPS)], listed[n]));
    }
    return new LongTail(
        n,
        (long) rows[n],
        (long) listed[n],
        recommended[n],
        tenths,
        new Curve(rowShares, placeShares));
  }

  private static int rank(int n, int step, int steps) {
    return (int) ((long) n * step / steps);
  }

  /** To five digits, which is more than a chart shows. */
  private static double share(double part, double whole) {
    return whole == 0 ? 0 : Math.round(1e5 * part / whole) / 1e5;
  }
}
