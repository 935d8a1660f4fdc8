package io.github.item2vec.evaluate;

import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sum;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the first k places of two runs' lists differ.
 *
 * @param k places that count
 * @param users with a list in both runs
 * @param onlyFirst users with a list in the first run alone
 * @param onlySecond users with a list in the second run alone
 * @param same users of both whose first k are the same in the same order
 * @param reordered users of both whose first k are the same in another order
 * @param overlap mean over the users of both of the items in both / the longer of the two, at most
 *     k; null when there are none
 * @param gained items with more places in the second run's lists, the most gained first
 * @param lost items with fewer, the most lost first
 */
public record ListComparison(
    int k,
    long users,
    long onlyFirst,
    long onlySecond,
    long same,
    long reordered,
    Double overlap,
    List<Exposure> gained,
    List<Exposure> lost) {

  /**
   * An item's places among the first k of all lists.
   *
   * @param first in the first run
   * @param second in the second run
   */
  public record Exposure(String item, long first, long second) {
    private long gain() {
      return second - first;
    }
  }

  /** 1, in overlaps that are added up as whole numbers; divisible by all lengths up to 16. */
  private static final long SCALE = 720_720_000L;

  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final String ITEM = "item";

  /**
   * Compares: one join by user for the lists, one shuffle by item for the places. A row per item
   * whose places differ comes to the driver.
   *
   * @param first columns user and items (array of string, best first, distinct)
   * @param second the same of the other run
   * @param k places that count, >= 1
   * @param shown most items of gained and of lost
   */
  public static ListComparison of(Dataset<Row> first, Dataset<Row> second, int k, int shown) {
    Row lists = lists(first, second, k);
    List<Exposure> changed = changed(first, second, k);
    long users = lists.getLong(0);
    return new ListComparison(
        k,
        users,
        lists.getLong(1),
        lists.getLong(2),
        lists.getLong(3),
        lists.getLong(4),
        users == 0 ? null : lists.getDouble(5) / users,
        top(changed, shown, 1),
        top(changed, shown, -1));
  }

  private static Row lists(Dataset<Row> first, Dataset<Row> second, int k) {
    Column a = col(FIRST);
    Column b = col(SECOND);
    Column both = a.isNotNull().and(b.isNotNull());
    Column same = a.equalTo(b);
    Column sameItems = array_sort(a).equalTo(array_sort(b));
    Column overlap = // whole numbers add up to the same sum in any order
        size(array_intersect(a, b)).multiply(SCALE).divide(greatest(size(a), size(b), lit(1)));
    return listed(first, k, FIRST)
        .join(listed(second, k, SECOND), new String[] {"user"}, "full_outer")
        .agg(
            count_if(both),
            count_if(b.isNull()),
            count_if(a.isNull()),
            count_if(both.and(same)),
            count_if(both.and(sameItems).and(same.equalTo(false))),
            sum(overlap.cast("long")).cast("double").divide(SCALE))
        .first();
  }

  private static Dataset<Row> listed(Dataset<Row> lists, int k, String as) {
    return lists
        .where(col("items").isNotNull())
        .select(col("user"), slice(col("items"), 1, k).as(as));
  }

  private static List<Exposure> changed(Dataset<Row> first, Dataset<Row> second, int k) {
    Column a = coalesce(sum(FIRST), lit(0L));
    Column b = coalesce(sum(SECOND), lit(0L));
    return places(first, k, 1, 0)
        .union(places(second, k, 0, 1))
        .groupBy(ITEM)
        .agg(a.as(FIRST), b.as(SECOND))
        .where(col(FIRST).notEqual(col(SECOND)))
        .collectAsList()
        .stream()
        .map(row -> new Exposure(row.getString(0), row.getLong(1), row.getLong(2)))
        .toList();
  }

  private static Dataset<Row> places(Dataset<Row> lists, int k, long first, long second) {
    return lists.select(
        explode(slice(col("items"), 1, k)).as(ITEM), lit(first).as(FIRST), lit(second).as(SECOND));
  }

  /** Those that gained most, or, with the sign -1, that lost most; equal ones by id. */
  private static List<Exposure> top(List<Exposure> changed, int shown, int sign) {
    return changed.stream()
        .filter(item -> sign * item.gain() > 0)
        .sorted(
            Comparator.comparingLong((Exposure item) -> -sign * item.gain())
                .thenComparing(Exposure::item))
        .limit(shown)
        .toList();
  }
}
