package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Distinct item ids in rising order, found by place or by id. Travels in a broadcast. */
final class ItemIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] items;
  private transient volatile Map<String, Integer> places;

  /**
   * @param items in rising order, kept
   * @throws IllegalArgumentException when an id is null, repeated or out of order
   */
  ItemIndex(String[] items) {
    for (int i = 1; i < items.length; i++) {
      if (items[i - 1].compareTo(items[i]) >= 0) {
        throw new IllegalArgumentException(
            "item '%s' is there twice or out of order".formatted(items[i]));
      }
    }
    this.items = items;
  }

  /** The ids of a list, each once. */
  static ItemIndex of(List<String> items, int[] order) {
    return new ItemIndex(Arrays.stream(order).mapToObj(items::get).toArray(String[]::new));
  }

  /** Where the ids of a list stand in it, by rising id. */
  static int[] order(List<String> items) {
    return IntStream.range(0, items.size())
        .boxed()
        .sorted(Comparator.comparing(items::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  int size() {
    return items.length;
  }

  String item(int place) {
    return items[place];
  }

  /** Place of an item; negative when it is none of these. */
  int placeOf(String item) {
    return places().getOrDefault(item, -1);
  }

  /** Places of the known items of a list, rising, each once. */
  int[] placesOf(List<String> some) {
    Map<String, Integer> all = places();
    return some.stream()
        .mapToInt(item -> all.getOrDefault(item, -1))
        .filter(place -> place >= 0)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Built once in each JVM; tasks that come to it together may build it twice. */
  private Map<String, Integer> places() {
    Map<String, Integer> built = places;
    if (built == null) {
      built = new HashMap<>(2 * items.length);
      for (int i = 0; i < items.length; i++) {
        built.put(items[i], i);
      }
      places = built;
    }
    return built;
  }
}
