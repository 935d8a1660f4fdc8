package io.github.item2vec.recommend;

import io.github.item2vec.math.ScoreMath;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Items to be scored with the vectors that score them, laid out in panels for {@link ScoreMath}.
 * Immutable; travels in a broadcast or as one tile of a larger matrix.
 */
final class CandidateItems implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int WIDTH = ScoreMath.ITEMS;
  private static final int[] NONE = {};

  private final ItemIndex index;
  private final int columns;
  private final float[] panels;
  private final float largest;
  private final int[] hidden;

  private CandidateItems(
      ItemIndex index, int columns, float[] panels, float largest, int[] hidden) {
    this.index = index;
    this.columns = columns;
    this.panels = panels;
    this.largest = largest;
    this.hidden = hidden;
  }

  /** Where vectors come from: the value at a column of the item at a place. */
  interface Values {
    float at(int place, int column);
  }

  /**
   * Packs vectors.
   *
   * @param columns length of a vector, > 0
   * @throws IllegalArgumentException when a value is NaN or infinite
   */
  static CandidateItems of(ItemIndex index, int columns, Values values) {
    int padded = (index.size() + WIDTH - 1) / WIDTH * WIDTH;
    float[] panels = new float[Math.multiplyExact(padded, columns)];
    float largest = 0;
    for (int place = 0; place < index.size(); place++) {
      for (int d = 0; d < columns; d++) {
        float value = values.at(place, d);
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "item vectors hold %s, at item '%s'".formatted(value, index.item(place)));
        }
        panels[at(place, d, columns)] = value;
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return new CandidateItems(index, columns, panels, largest, NONE);
  }

  /** Packs the rows of a matrix whose items come in any order. */
  static CandidateItems of(List<String> items, int columns, Values values) {
    int[] order = ItemIndex.order(items);
    ItemIndex index = ItemIndex.of(items, order);
    return of(index, columns, (place, d) -> values.at(order[place], d));
  }

  /** One from several, which share no item. */
  static CandidateItems merged(List<CandidateItems> parts, int columns) {
    List<String> items =
        parts.stream().flatMap(p -> IntStream.range(0, p.size()).mapToObj(p.index::item)).toList();
    int[] part = new int[items.size()];
    int[] place = new int[items.size()];
    int at = 0;
    for (int p = 0; p < parts.size(); p++) {
      for (int i = 0; i < parts.get(p).size(); i++) {
        part[at] = p;
        place[at++] = i;
      }
    }
    return of(items, columns, (i, d) -> parts.get(part[i]).value(place[i], d));
  }

  /** Without the items that are not permitted. */
  CandidateItems only(Predicate<String> permitted) {
    int[] places =
        IntStream.range(0, size()).filter(place -> permitted.test(index.item(place))).toArray();
    if (places.length == size()) {
      return this;
    }
    ItemIndex some =
        new ItemIndex(Arrays.stream(places).mapToObj(index::item).toArray(String[]::new));
    return of(some, columns, (place, d) -> value(places[place], d));
  }

  /**
   * Items that are not permitted are scored, for they count in a probability, and then left out.
   */
  CandidateItems hiding(Predicate<String> permitted) {
    int[] places =
        IntStream.range(0, size()).filter(place -> !permitted.test(index.item(place))).toArray();
    return new CandidateItems(index, columns, panels, largest, places);
  }

  private static int at(int place, int column, int columns) {
    return place / WIDTH * WIDTH * columns + column * WIDTH + place % WIDTH;
  }

  private float value(int place, int column) {
    return panels[at(place, column, columns)];
  }

  ItemIndex index() {
    return index;
  }

  int size() {
    return index.size();
  }

  int columns() {
    return columns;
  }

  /** The panels, see {@link ScoreMath#products}; the last is filled up with zeros. */
  float[] panels() {
    return panels;
  }

  /** The largest absolute value of all vectors. */
  float largest() {
    return largest;
  }

  /** Places that a user is not recommended, rising: those seen and those hidden from all. */
  int[] leftOut(List<String> seen) {
    int[] places = index.placesOf(seen);
    return hidden.length == 0
        ? places
        : IntStream.concat(Arrays.stream(places), Arrays.stream(hidden))
            .sorted()
            .distinct()
            .toArray();
  }
}
