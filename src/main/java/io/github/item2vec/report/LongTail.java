package io.github.item2vec.report;

import io.github.item2vec.recommend.PopularItems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How places in lists are spread over the catalogue, beside how the train part's rows are: the
 * items by falling popularity in tenths, and the running shares of both. Driver only.
 */
public final class LongTail {
  private static final int TENTHS = 10;
  private static final int STEPS = 100;

  private LongTail() {}

  /**
   * The spread as fields: {@code items}, {@code rows}, {@code places}, {@code recommendedItems};
   * {@code tenths}, the most popular first, each with {@code items}, {@code recommendedItems},
   * {@code rowShare} and {@code placeShare}; {@code curve}, of {@value #STEPS} + 1 points, with the
   * running {@code rows} and {@code places} as shares over the share of the catalogue.
   *
   * @param popular the catalogue with the rows of the train part
   * @param places in lists, by item; items without one may be left out
   */
  public static Map<String, Object> of(PopularItems popular, Map<String, Long> places) {
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
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("items", n);
    fields.put("rows", (long) rows[n]);
    fields.put("places", (long) listed[n]);
    fields.put("recommendedItems", recommended[n]);
    List<Map<String, Object>> tenths = new ArrayList<>();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      int from = rank(n, tenth, TENTHS);
      int to = rank(n, tenth + 1, TENTHS);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("items", to - from);
      one.put("recommendedItems", recommended[to] - recommended[from]);
      one.put("rowShare", share(rows[to] - rows[from], rows[n]));
      one.put("placeShare", share(listed[to] - listed[from], listed[n]));
      tenths.add(one);
    }
    fields.put("tenths", tenths);
    List<Double> rowShares = new ArrayList<>();
    List<Double> placeShares = new ArrayList<>();
    for (int step = 0; step <= STEPS; step++) {
      rowShares.add(share(rows[rank(n, step, STEPS)], rows[n]));
      placeShares.add(share(listed[rank(n, step, STEPS)], listed[n]));
    }
    fields.put("curve", Map.of("rows", rowShares, "places", placeShares));
    return fields;
  }

  private static int rank(int n, int step, int steps) {
    return (int) ((long) n * step / steps);
  }

  /** To five digits, which is more than a chart shows. */
  private static double share(double part, double whole) {
    return whole == 0 ? 0 : Math.round(1e5 * part / whole) / 1e5;
  }
}
