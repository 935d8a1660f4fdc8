package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How a context becomes scores, besides the vectors: the profile is the mean of the context's
 * vectors weighted by lag, plus {@code rated} times the mean vector of what the user has rated but
 * does not like; the score is profile . target, plus
 *
 * <ul>
 *   <li>the sum over the last {@link #LAST} known items of the context of (share of the item in the
 *       profile) x (its row of {@code transitions}), and
 *   <li>the sum over all known items of the context of (weight of the item, the greatest being 1) x
 *       (its row of {@code neighbours}).
 * </ul>
 *
 * @param lags weights of the context's items
 * @param rated weight of what was rated but is not liked; 0 = it is not looked at
 * @param transitions what follows what; rows and columns are the vectors' items
 * @param neighbours what goes with what; likewise
 */
public record ProfileRule(
    LagWeights lags, double rated, ItemTable transitions, ItemTable neighbours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many of a context's last items have transitions. */
  public static final int LAST = 15;

  /**
   * @throws IllegalArgumentException when the tables are of several sizes, or {@code rated} is
   *     negative or not finite
   */
  public ProfileRule {
    if (transitions.items() != neighbours.items()) {
      throw new IllegalArgumentException(
          "tables of %d and %d items".formatted(transitions.items(), neighbours.items()));
    }
    if (!(rated >= 0 && rated <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("weight of rated items %s: must be >= 0".formatted(rated));
    }
  }

  /** The plain mean, and nothing added. */
  public static ProfileRule mean(int items) {
    return new ProfileRule(LagWeights.even(), 0, ItemTable.empty(items), ItemTable.empty(items));
  }

  /**
   * Share of each item of a context in the profile, oldest first; they sum up to 1.
   *
   * @param length of the context, known items alone
   */
  public double[] shares(int length) {
    return lags.shares(length);
  }

  /**
   * What a context adds to the score of each item.
   *
   * @param context known items, oldest first
   * @return by item; a new array
   */
  public double[] additions(int[] context) {
    double[] sums = new double[transitions.items()];
    forEach(
        context,
        (table, item, factor) -> {
          for (int entry = table.start(item); entry < table.start(item + 1); entry++) {
            sums[table.column(entry)] += factor * table.value(entry);
          }
        });
    return sums;
  }

  /** Puts what a context adds in a block's additions. */
  void add(int[] context, Additions to) {
    forEach(context, (table, item, factor) -> table.addRow(item, factor, to));
  }

  /** Fetches the rows of a context into the cache, see {@link ItemTable#touch}. */
  long touch(int[] context) {
    long some = 0;
    for (int i = 0; i < context.length; i++) {
      some ^= neighbours.touch(context[i]);
      if (context.length - i <= LAST) {
        some ^= transitions.touch(context[i]);
      }
    }
    return some;
  }

  /** Takes a row of a table times a factor. */
  private interface Row {
    void take(ItemTable table, int item, double factor);
  }

  private void forEach(int[] context, Row row) {
    if (addsNothing() || context.length == 0) {
      return;
    }
    double[] shares = shares(context.length);
    double greatest = Arrays.stream(shares).max().getAsDouble();
    for (int i = context.length - 1; i >= 0; i--) {
      if (context.length - i <= LAST) {
        row.take(transitions, context[i], shares[i]);
      }
      row.take(neighbours, context[i], shares[i] / greatest);
    }
  }

  /** What a context of so many items adds to a score is at most that, as an absolute value. */
  double largestAddition(int length) {
    return transitions.largest() + (double) length * neighbours.largest();
  }

  /** Whether profiles are plain means and scores products alone. */
  public boolean isMean() {
    double[] weights = lags.values();
    return addsNothing() && Arrays.stream(weights).allMatch(weight -> weight == weights[0]);
  }

  /** Whether scores are products alone. */
  boolean addsNothing() {
    return transitions.size() == 0 && neighbours.size() == 0;
  }

  ProfileRule reordered(int[] order) {
    return new ProfileRule(lags, rated, transitions.reordered(order), neighbours.reordered(order));
  }

  /** Memory of the tables. */
  public long bytes() {
    return transitions.bytes() + neighbours.bytes();
  }
}
