package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.data.RatingsSource.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** Packed rows, in any order and in any number of records, give what the sorted rows give. */
final class HistoryTest {
  private static final double MIN_RATING = 3;

  private record Rating(
      String user, String item, double rating, double time, int file, long offset) {}

  @Test
  void packedRowsGiveTheHistoriesOfSortedRows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Rating> ratings = ratings(random, 1 + random.nextInt(400));
      for (Order order : Order.values()) {
        assertThat(packed(ratings, order, random))
            .as("seed %d, round %d, %s", seed, round, order)
            .isEqualTo(sorted(ratings, order));
      }
    }
  }

  @Test
  void aUserAfterOneOfManyItemsIsNotMixedUpWithIt() {
    History history = new History(Order.TIMESTAMP);
    for (int items : new int[] {100_000, 3, 700, 0, 1}) {
      RowPacker packer = new RowPacker(Order.TIMESTAMP, MIN_RATING);
      for (int item = 0; item < items; item++) {
        packer.add("ü", "item" + item, 5, items - item, file(0), item);
      }
      history.clear();
      for (int record = 0; record < packer.records(); record++) {
        history.add((byte[]) packer.record(record).get(1));
      }
      assertThat(history.rows()).isEqualTo(items);
      assertThat(history.items(history.kept())).hasSize(items);
      if (items > 0) {
        assertThat(history.items(history.kept())[0]).isEqualTo("item" + (items - 1));
      }
    }
  }

  private static List<Rating> ratings(Random random, int rows) {
    double[] times = {0, -1, 1.5, 881250949, 1L << 53, 1e300, 7, 8};
    List<Rating> ratings = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      ratings.add(
          new Rating(
              "u" + random.nextInt(5),
              "é".repeat(random.nextInt(3)) + random.nextInt(30),
              1 + random.nextInt(5),
              times[random.nextInt(times.length)],
              random.nextInt(200),
              random.nextInt(1 << 20) * 7_919L + row));
    }
    return ratings;
  }

  private static Map<String, List<Object>> packed(
      List<Rating> ratings, Order order, Random random) {
    Iterator<Rating> rows = ratings.iterator();
    Iterator<Row> records =
        new PackedRecords(new RowPacker(order, MIN_RATING, random.nextInt(2_000))) {
          @Override
          boolean readTo(RowPacker packer) {
            if (rows.hasNext()) {
              Rating next = rows.next();
              packer.add(
                  next.user, next.item, next.rating, next.time, file(next.file), next.offset);
              return true;
            }
            return false;
          }
        };
    List<Row> shuffled = new ArrayList<>();
    records.forEachRemaining(shuffled::add);
    Collections.shuffle(shuffled, random);
    shuffled.sort(Comparator.comparing(record -> record.getString(0)));
    Map<String, List<Object>> histories = new TreeMap<>();
    new HistoryFn(order)
        .call(shuffled.iterator())
        .forEachRemaining(
            row ->
                histories.put(
                    row.getString(0),
                    List.of(
                        List.of((String[]) row.get(1)),
                        List.of((Double[]) row.get(2)),
                        List.of((String[]) row.get(3)),
                        List.of((Integer[]) row.get(4)),
                        List.of((Double[]) row.get(5)),
                        row.get(6),
                        row.get(7))));
    return histories;
  }

  /** Rows sorted as {@link Ratings} says, the last of an item in the place of the item. */
  private static Map<String, List<Object>> sorted(List<Rating> ratings, Order order) {
    Comparator<Rating> byTime =
        Comparator.comparingDouble(Rating::time)
            .thenComparing(rating -> UTF8String.fromString(rating.item))
            .thenComparingDouble(Rating::rating);
    Comparator<Rating> byPlace =
        Comparator.comparingInt(Rating::file).thenComparingLong(Rating::offset);
    Map<String, List<Object>> histories = new TreeMap<>();
    for (String user : ratings.stream().map(Rating::user).distinct().toList()) {
      List<Rating> rows = ratings.stream().filter(row -> row.user.equals(user)).toList();
      Map<String, Rating> last = new LinkedHashMap<>();
      for (Rating row : rows.stream().sorted(order == Order.FILE ? byPlace : byTime).toList()) {
        last.remove(row.item);
        last.put(row.item, row);
      }
      List<Rating> kept = new ArrayList<>();
      List<Rating> rated = new ArrayList<>();
      List<Integer> keptBefore = new ArrayList<>();
      for (Rating row : last.values()) {
        if (row.rating >= MIN_RATING) {
          kept.add(row);
        } else {
          rated.add(row);
          keptBefore.add(kept.size());
        }
      }
      histories.put(
          user,
          List.of(
              kept.stream().map(Rating::item).toList(),
              kept.stream().map(Rating::time).toList(),
              rated.stream().map(Rating::item).toList(),
              keptBefore,
              rated.stream().map(Rating::time).toList(),
              (long) rows.size(),
              (long) rows.size() - last.size()));
    }
    return histories;
  }

  private static InputFile file(int ordinal) {
    return new InputFile("file:/" + ordinal, ordinal, 1, false, null);
  }
}
